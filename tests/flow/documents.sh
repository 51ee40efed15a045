#!/usr/bin/env bash
# Real documents, made here by LibreOffice, give exactly the text that was put into them.
. "$(dirname "$0")/../lib/tap.sh"
documents=$ROOT/fixtures/documents
office=/usr/lib/libreoffice/program/soffice.bin

# Free fonts under the names of the old ones, so that a PDF really holds a font called VNI-Times.
mkdir fonts goi
for family in .VnTime .VnTimeH VNI-Times; do
  perl "$ROOT/tests/fixture/rename_font.pl" /usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf "$family" >"fonts/$family.ttf"
done
cat >fonts.conf <<END
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts/truetype/liberation2</dir><dir>$WORK/fonts</dir><cachedir>$WORK/fonts/cache</cachedir></fontconfig>
END
office() { FONTCONFIG_FILE=$WORK/fonts.conf "$office" "-env:UserInstallation=file://$WORK/ho-so" --headless --norestore "$@" >office.log 2>&1; }
office --terminate_after_init # a new profile may end its first start before the work
for kind in docx odt doc; do
  mkdir $kind && office --convert-to $kind --outdir $kind "$documents"/*.fodt
done
mkdir rtf && office --convert-to rtf --outdir rtf "$documents"/{vntime,half,rich}.fodt
mkdir html && office --convert-to html --outdir html "$documents"/half.fodt
# LibreOffice itself prints no letter ư of .VnTime, which has the place of the soft hyphen; VNI has no such letter.
mkdir pdf && office --convert-to pdf --outdir pdf "$documents"/{liberation,vni}.fodt

echo "tệp,tên bài,tác giả" >goi/manifest.csv
for file in docx/* odt/* doc/* rtf/* html/*.html pdf/*; do
  name=$(basename "$file") && cp "$file" "goi/${name%.*}-${file%%/*}.${file%%/*}"
  echo "${name%.*}-${file%%/*}.${file%%/*},$file,Người Viết" >>goi/manifest.csv
done
chamthi contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
ok "every document is taken" chamthi import goi --contest 2024
chamthi entry list --format json | jq -r '.[] | [.receipt, .title, .encoding] | @tsv' >list.tsv
while IFS=$'\t' read -r receipt file encoding; do
  name=$(basename "$file") wanted=$documents/${name%.*}.txt
  ok "$file gives its text" diff <(chamthi entry text "$receipt") "$wanted"
done <list.tsv
traces() { chamthi entry traces "$(awk -F'\t' -v f="$1" '$2 == f { print $1 }' list.tsv)" --format json | jq -r '.[] | "\(.kind)=\(.value)"'; }
for file in docx/rich.docx odt/rich.odt doc/rich.doc rtf/rich.rtf pdf/vni.pdf; do
  has "$file tells who made it, to checks alone" "$(traces $file)" "creator=Lê Văn Tám"
done
for file in docx/rich.docx odt/rich.odt doc/rich.doc rtf/rich.rtf; do
  has "$file keeps its comment as a trace" "$(traces $file)" "Sửa câu này"
done
is "each kind of document was made" "$(cut -f2 list.tsv | sed 's/.*\.//' | sort | uniq -c | tr -s ' \n' ' ')" " 5 doc 5 docx 1 html 5 odt 2 pdf 3 rtf "
# Web pages as they were saved in twenty years: an old font without a charset, letters by number, UTF-16.
mkdir trang
printf '<html><body><p><font face=".VnTime">Ng\xad\xeai t\xe8t vi\xd6c <b>t\xe8</b>t</font></p></body></html>' >trang/phong-cu.html
printf '<html><body><p>Ng&#432;&#7901;i t&#x1ED1;t vi&#7879;<i>c</i> t&#7889;t</p></body></html>' >trang/so.html
printf '<html><body><p>Người tốt việc tốt</p></body></html>' | iconv -f utf-8 -t utf-16 >trang/rong.html
{ echo "tệp,tên bài,tác giả"; for page in phong-cu so rong; do echo "$page.html,$page,Người Viết"; done; } >trang/manifest.csv
ok "every page is taken" chamthi import trang --contest 2024
chamthi entry list --format json | jq -r '.[] | select(.file | test("^(phong-cu|so|rong)[.]html$")) | [.receipt, .title] | @tsv' >pages.tsv
while IFS=$'\t' read -r receipt page; do
  is "the page $page reads as it was written" "$(chamthi entry text "$receipt")" "Người tốt việc tốt"
done <pages.tsv
is "each of the pages was read" "$(wc -l <pages.tsv)" 3
ok "a PDF names its old font" grep -q 'VNI-Times' <(pdffonts pdf/vni.pdf)
done_testing
