/* The style sheet, the scripts and the icon, embedded. */
#include "asset.h"

#include "chamthi/embed.h"

#include <string.h>

EMBED(asset_chamthi_css, "src/web/asset/chamthi.css");
EMBED(asset_draft_js, "src/web/asset/draft.js");
EMBED(asset_read_js, "src/web/asset/read.js");
EMBED(asset_icon_svg, "src/web/asset/icon.svg");

static const struct {
    const char *name, *type, *bytes, *end;
} assets[] = {
    {"chamthi.css", "text/css; charset=utf-8", asset_chamthi_css, asset_chamthi_css_end},
    {"draft.js", "text/javascript; charset=utf-8", asset_draft_js, asset_draft_js_end},
    {"read.js", "text/javascript; charset=utf-8", asset_read_js, asset_read_js_end},
    {"icon.svg", "image/svg+xml", asset_icon_svg, asset_icon_svg_end},
};

bool asset_find(const char *name, asset *out)
{
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        if (strcmp(assets[i].name, name) == 0) {
            *out = (asset){assets[i].type,
                           {assets[i].bytes, (size_t)(assets[i].end - assets[i].bytes)}};
            return true;
        }
    return false;
}
