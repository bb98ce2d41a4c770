// SPDX-License-Identifier: Apache-2.0
#include "identify/provinces.h"

#include <string.h>

struct province {
    char letters[3];
    char town[17];
};

static const struct province provinces[] = {
    {"ag", "agrigento"},     {"al", "alessandria"},
    {"an", "ancona"},        {"ao", "aosta"},
    {"ap", "ascoli piceno"}, {"aq", "l'aquila"},
    {"ar", "arezzo"},        {"at", "asti"},
    {"av", "avellino"},      {"ba", "bari"},
    {"bg", "bergamo"},       {"bi", "biella"},
    {"bl", "belluno"},       {"bn", "benevento"},
    {"bo", "bologna"},       {"br", "brindisi"},
    {"bs", "brescia"},       {"bt", "barletta"},
    {"bz", "bolzano"},       {"ca", "cagliari"},
    {"cb", "campobasso"},    {"ce", "caserta"},
    {"ch", "chieti"},        {"cl", "caltanissetta"},
    {"cn", "cuneo"},         {"co", "como"},
    {"cr", "cremona"},       {"cs", "cosenza"},
    {"ct", "catania"},       {"cz", "catanzaro"},
    {"en", "enna"},          {"fc", "forli"},
    {"fe", "ferrara"},       {"fg", "foggia"},
    {"fi", "firenze"},       {"fm", "fermo"},
    {"fr", "frosinone"},     {"ge", "genova"},
    {"go", "gorizia"},       {"gr", "grosseto"},
    {"im", "imperia"},       {"is", "isernia"},
    {"kr", "crotone"},       {"lc", "lecco"},
    {"le", "lecce"},         {"li", "livorno"},
    {"lo", "lodi"},          {"lt", "latina"},
    {"lu", "lucca"},         {"mb", "monza"},
    {"mc", "macerata"},      {"me", "messina"},
    {"mi", "milano"},        {"mn", "mantova"},
    {"mo", "modena"},        {"ms", "massa"},
    {"mt", "matera"},        {"na", "napoli"},
    {"no", "novara"},        {"nu", "nuoro"},
    {"or", "oristano"},      {"pa", "palermo"},
    {"pc", "piacenza"},      {"pd", "padova"},
    {"pe", "pescara"},       {"pg", "perugia"},
    {"pi", "pisa"},          {"pn", "pordenone"},
    {"po", "prato"},         {"pr", "parma"},
    {"pt", "pistoia"},       {"pu", "pesaro"},
    {"pv", "pavia"},         {"pz", "potenza"},
    {"ra", "ravenna"},       {"rc", "reggio calabria"},
    {"re", "reggio emilia"}, {"rg", "ragusa"},
    {"ri", "rieti"},         {"rm", "roma"},
    {"rn", "rimini"},        {"ro", "rovigo"},
    {"sa", "salerno"},       {"si", "siena"},
    {"so", "sondrio"},       {"sp", "la spezia"},
    {"sr", "siracusa"},      {"ss", "sassari"},
    {"su", "carbonia"},      {"sv", "savona"},
    {"ta", "taranto"},       {"te", "teramo"},
    {"tn", "trento"},        {"to", "torino"},
    {"tp", "trapani"},       {"tr", "terni"},
    {"ts", "trieste"},       {"tv", "treviso"},
    {"ud", "udine"},         {"va", "varese"},
    {"vb", "verbania"},      {"vc", "vercelli"},
    {"ve", "venezia"},       {"vi", "vicenza"},
    {"vr", "verona"},        {"vt", "viterbo"},
    {"vv", "vibo valentia"},
};

bool sl_province_has(const unsigned char letters[2]) {
    for (size_t i = 0; i < sizeof provinces / sizeof provinces[0]; i++) {
        if (memcmp(provinces[i].letters, letters, 2) == 0) {
            return true;
        }
    }
    return false;
}

uint32_t sl_province_town_end(const struct sl_look *look, uint32_t at) {
    for (size_t i = 0; i < sizeof provinces / sizeof provinces[0]; i++) {
        if (at >= look->len || look->bytes[at] != (unsigned char)provinces[i].town[0]) {
            continue;
        }
        uint32_t end = at + (uint32_t)strlen(provinces[i].town);
        if (end <= look->len && memcmp(provinces[i].town, look->bytes + at, end - at) == 0 &&
            (end == look->len || !sl_is_alnum(look->bytes[end]))) {
            return end;
        }
    }
    return SL_NOWHERE;
}
