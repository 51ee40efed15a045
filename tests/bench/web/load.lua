-- For wrk: reads pages or submits sheets as 64 judges, or reads a public page as nobody. Each line of $VISITORS: cookie, CSRF token.
local visitors, sheets = {}, 500
for line in io.lines(os.getenv("VISITORS")) do
  local cookie, csrf = line:match("^(%S*) (%S*)$")
  visitors[#visitors + 1] = { cookie = cookie, csrf = csrf }
end
local what, prefix, n = os.getenv("WHAT"), os.getenv("PREFIX") or "", 0

function request()
  n = n + 1
  if what == "public" then return wrk.format("GET", prefix .. "/contest/2023/results") end
  local who = visitors[n % #visitors + 1]
  local sheet = 1001 + math.floor(n / #visitors) % sheets
  local path = prefix .. "/entry/P" .. sheet
  if what == "read" then return wrk.format("GET", path, { Cookie = who.cookie }) end
  if n >= #visitors * sheets then wrk.thread:stop() end
  local form = "csrf=" .. who.csrf .. "&rev=0&do=submit&comment=r%C3%B5&m-901=8%2C5&m-902=7&m-903=9%2C25&m-904=6&m-905=8&m-906=7%2C75"
  return wrk.format("POST", path, { Cookie = who.cookie, Origin = os.getenv("ORIGIN"),
    ["Content-Type"] = "application/x-www-form-urlencoded" }, form)
end

local wanted = what == "submit" and 303 or 200
good = 0 -- read by done(), from outside this thread
function setup(thread) threads = { thread } end
function response(status) if status == wanted then good = good + 1 end end
function done(summary, latency)
  print(string.format("RESULT %d %.1f %.1f %.2f %d", threads[1]:get("good") or 0, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read))
end
