# archive_faults FILE.pdf: what keeps the file from being a PDF/A-2u, a line each; nothing when it is one.
# The rules of ISO 19005-2 that a writer like ours can break, looked up in the file's own objects.
archive_faults() {
  qpdf --json=2 --json-stream-data=inline --decode-level=generalized "$1" | jq -r '
    .qpdf[1] as $objects
    | def get: if type == "string" and test("^[0-9]+ [0-9]+ R$") then $objects["obj:" + .] else . end;
      def dict: get | if type == "object" then .value // .stream.dict // . else . end;
      def bytes: get | .stream.data | @base64d;
      def all: $objects | to_entries[] | .value | dict | select(type == "object");
      def say(text): if . then empty else text end;
    ($objects.trailer.value) as $trailer
    | ($trailer["/Root"] | dict) as $root
    | ($root["/Metadata"] | get.stream) as $xmp
    | ($root["/Metadata"] | bytes) as $packet
    | ($root["/OutputIntents"] | dict[0] | dict) as $intent
    | ($intent["/DestOutputProfile"] | bytes) as $profile
    | ($root["/Lang"] == "u:vi-VN" | say("no document language")),
      ($trailer["/Info"] | dict["/Title"] | (. // "") != "" | say("no title")),
      ($root["/ViewerPreferences"] | dict["/DisplayDocTitle"] == true | say("shows its file name, not its title")),
      (($trailer["/ID"] | length) == 2 | say("no identifier")),
      ($trailer | has("/Encrypt") | not | say("encrypted")),
      ($xmp.dict["/Subtype"] == "/XML" and $xmp.dict["/Type"] == "/Metadata" | say("no XMP packet")),
      ($xmp.dict | has("/Filter") | not | say("XMP packed")),
      ($packet | test("<pdfaid:part>2<") and test("<pdfaid:conformance>U<") | say("XMP claims no PDF/A-2u")),
      ($packet | test("<dc:title>") | say("XMP has no title")),
      ($intent["/S"] == "/GTS_PDFA1" | say("no output intent")),
      ($intent["/DestOutputProfile"] | dict["/N"] == 3 | say("no RGB profile")),
      ($profile | test("acsp") and test("RGB XYZ") | say("no ICC profile")),
      (all | select(."/Subtype" == "/Type0") |
        (has("/ToUnicode") and (."/ToUnicode" | bytes | test("beginbf(char|range)")) | say("a font without its characters")),
        (."/DescendantFonts" | dict[0] | dict | ."/FontDescriptor" | dict | has("/FontFile2") | say("a font that is not embedded"))),
      (all | select(."/Type" == "/Font" and (."/Subtype" | IN("/Type0", "/CIDFontType2") | not)) | "a simple font: " + ."/BaseFont"),
      (all | select(has("/SMask") or has("/AA") or has("/JS") or ."/S" == "/JavaScript" or ."/S" == "/Launch") | "what an archive may not hold")' 2>&1
}
