-- A round that 64 judges read: 500 essays that make pages of 30 KB, six criteria, every judge has every essay.
INSERT INTO round(round_id, year, key, name, position, per_entry, state)
  VALUES (900, 2024, 'do', 'Vòng đo', 9, 9, 'open');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6)
  INSERT INTO criterion(criterion_id, round_id, key, name, description, position, points_min, points_max, points_step)
  SELECT 900 + i, 900, 'c' || i, 'Tiêu chí số ' || i, 'Nội dung, bố cục và cách viết của bài', i, 0, 1000, 25 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
  INSERT INTO blind(phach, round_id, track_id, title, text, word_count)
  SELECT 'P' || (1000 + i), 900, (SELECT min(track_id) FROM track WHERE year = 2024), 'Bài số ' || i,
    'Số ' || i || char(10) || substr(CAST(readfile('essays.txt') AS TEXT), i * 37 % 5000 + 1, 17100), 4000 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 64)
  INSERT INTO judge(judge_id, code) SELECT 900 + i, 'DO' || (100 + i) FROM n;
INSERT INTO user(name, role, judge_id, password, created_at)
  SELECT lower(j.code), 'judge', j.judge_id, u.password, 0 FROM judge j, user u
  WHERE j.judge_id > 900 AND u.name = 'mau';
INSERT INTO sheet(sheet_id, round_id, phach, judge_id)
  SELECT (j.judge_id - 900) * 1000 + CAST(substr(b.phach, 2) AS INTEGER) - 1000, 900, b.phach, j.judge_id
  FROM judge j, blind b WHERE j.judge_id > 900 AND b.round_id = 900;
