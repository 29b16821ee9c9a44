// Conditions on items.
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

constexpr const char* values =
    "{':s':{'S':'abc'},':ab':{'S':'ab'},':bc':{'S':'bc'},':empty':{'S':''},':abd':{'S':'abd'},':B':{'S':'B'},"
    "':n':{'N':'10'},':n9':{'N':'9'},':n11':{'N':'11'},':ten':{'N':'1.0e1'},':neg':{'N':'-10'},':zero':{'N':'0'},"
    "':one':{'N':'1'},':two':{'N':'2'},':three':{'N':'3'},':four':{'N':'4'},':s10':{'S':'10'},"
    "':b':{'B':'AQL/'},':b1':{'B':'AQ=='},':bff':{'B':'/w=='},':t':{'BOOL':true},':f':{'BOOL':false},"
    "':null':{'NULL':true},':ss':{'SS':['b','a']},':ss3':{'SS':['a','b','c']},':ns':{'NS':['2.0','1']},"
    "':bs':{'BS':['AQ==','/w==']},':l':{'L':[{'N':'1.00'},{'S':'x'}]},':lr':{'L':[{'S':'x'},{'N':'1'}]},"
    "':m':{'M':{'y':{'L':[{'N':'2'}]},'x':{'S':'deep'}}},':el':{'L':[]},':em':{'M':{}},"
    "':x':{'S':'x'},':a':{'S':'a'},':z':{'S':'z'},"
    "':tS':{'S':'S'},':tN':{'S':'N'},':tB':{'S':'B'},':tBOOL':{'S':'BOOL'},':tNULL':{'S':'NULL'},':tSS':{'S':'SS'},"
    "':tNS':{'S':'NS'},':tBS':{'S':'BS'},':tL':{'S':'L'},':tM':{'S':'M'},':deep':{'S':'deep'},"
    "':emoji':{'S':'\U0001F600'},':bmp':{'S':'\uFF61'}}";

constexpr const char* item_text =
    "{'s':{'S':'abc'},'n':{'N':'10'},'b':{'B':'AQL/'},'t':{'BOOL':true},'f':{'BOOL':false},'nu':{'NULL':true},"
    "'ss':{'SS':['a','b']},'ns':{'NS':['1','2']},'bs':{'BS':['AQ==','/w==']},"
    "'l':{'L':[{'N':'1'},{'S':'x'},{'L':[{'S':'inner'}]},{'M':{'k':{'N':'3'}}}]},'l2':{'L':[{'N':'1'},{'S':'x'}]},"
    "'m':{'M':{'x':{'S':'deep'},'y':{'L':[{'N':'2'}]}}},'es':{'S':''},'el':{'L':[]},'em':{'M':{}},"
    "'uni':{'S':'a\u00e9\u20ac\U0001F600'},'dup':{'S':'abc'},'ten':{'N':'10'},'emoji':{'S':'\U0001F600'}}";

bool holds(const std::string& text, const std::string& item) {
    Request request("{'#dot':'m.x','#m':'m','#x':'x'}", values);
    const auto bound = request.condition(text);
    INFO(text << " " << fault(bound));
    REQUIRE(bound);
    return evaluate(*bound, storage::ItemView(item));
}

void check_true(std::initializer_list<std::string> texts) {
    const std::string item = encoded_item(item_text);
    for (const std::string& text : texts) {
        INFO(text);
        CHECK(holds(text, item));
        CHECK_FALSE(holds("NOT " + text, item));
    }
}

void check_false(std::initializer_list<std::string> texts) {
    const std::string item = encoded_item(item_text);
    for (const std::string& text : texts) {
        INFO(text);
        CHECK_FALSE(holds(text, item));
        CHECK(holds("NOT " + text, item));
    }
}

}  // namespace

TEST_CASE("Evaluate: equality is deep", "[evaluate]") {
    check_true({"s = :s",        "n = :n",          "n = :ten",     "b = :b",       "t = :t",    "nu = :null",
                "ss = :ss",      "ns = :ns",        "bs = :bs",     "l2 = :l",      "m = :m",    "es = :empty",
                "el = :el",      "em = :em",        "s = dup",      "n = ten",      ":n = :ten", "m.x = :deep",
                "m.y[0] = :two", "l[3].k = :three", "l[1] = l2[1]", "#m.#x = :deep"});
    check_false({"s = :ab", "n = :s10", "n = :neg", "n = :n11", "t = :f", "nu = :f", "ss = :ss3", "l2 = :lr", "l2 = l",
                 "el = :em", "es = :null", "s = n", "b = :b1", "b = :s", "ss = :s", "m = :em", "ss = ns"});
}

TEST_CASE("Evaluate: inequality is the opposite of equality", "[evaluate]") {
    check_true({"s <> :ab", "n <> :s10", "t <> :f", "l2 <> :lr", "s <> n", "el <> em"});
    check_false({"s <> :s", "n <> :ten", "ss <> :ss", "m <> :m", "l2 <> :l"});
}

TEST_CASE("Evaluate: order is of one type", "[evaluate]") {
    check_true({"s < :abd", "s <= :s", "s > :ab", "s >= :s", "s > :B", "n < :n11", "n <= :ten", "n > :n9", "n > :neg",
                "n >= :ten", "b < :bff", "b > :b1", ":n9 < n", ":ab < s", "n > :zero", "emoji > :bmp"});
    check_false({"s < :s",    "s > :s",  "n < :n9", "n > :n", "n < :s10", "n > :s10", "n >= :s10",
                 "n <= :s10", "s < :b",  "s >= :b", "t < :n", "t >= :n",  "nu <= :n", "ss < :s",
                 "ss >= :s",  "l <= :n", "m > :s",  "b < :b", "s > n",    "s <= n",   "emoji < :bmp"});
}

TEST_CASE("Evaluate: BETWEEN is inclusive", "[evaluate]") {
    check_true({"n BETWEEN :n9 AND :n11", "n BETWEEN :n AND :n11", "n BETWEEN :n9 AND :ten", "n BETWEEN :neg AND ten",
                "s BETWEEN :ab AND :abd", "b BETWEEN :b1 AND :bff", ":n BETWEEN ten AND n",
                "size(s) BETWEEN :two AND :three"});
    check_false({"n BETWEEN :n11 AND :n11", "n BETWEEN :zero AND :n9", "n BETWEEN :s AND :s", "s BETWEEN :n9 AND :n11",
                 "t BETWEEN :n9 AND :n11", "ss BETWEEN :ab AND :abd", "n BETWEEN ten AND :n9", "n BETWEEN ten AND s",
                 "n BETWEEN s AND ten"});
}

TEST_CASE("Evaluate: IN finds any equal operand", "[evaluate]") {
    check_true({"s IN (:s)", "s IN (:n, :ss, :s)", "n IN (:s10, :ten)", "ss IN (:ss)", "l2 IN (:lr, :l)", "s IN (dup)",
                "m.x IN (s, :deep)", ":n IN (s, n)", "size(ss) IN (:one, :two)"});
    check_false({"s IN (:n, :ab)", "n IN (:s10)", "ss IN (:a, :ss3)", "s IN (n, b, m.x)", "t IN (:f, :null)"});
}

TEST_CASE("Evaluate: AND, OR and NOT", "[evaluate]") {
    check_true({"(s = :s AND n = :n)", "(s = :ab OR n = :n)", "(s = :s OR n = :n9 AND n = :n11)",
                "(NOT s = :ab AND n = :n)", "(NOT (s = :ab OR n = :n9))", "(NOT NOT s = :s)",
                "(s = :ab AND n = :n OR t = :t)", "(s = :s AND (n = :n9 OR t = :t) AND NOT f = :t)"});
    check_false({"(s = :s AND n = :n9)", "(s = :ab OR n = :n9)", "((s = :s OR n = :n) AND n = :n11)",
                 "(NOT s = :s AND n = :n)", "(NOT (s = :s OR n = :n9))", "(s = :ab AND (n = :n OR t = :t))"});
}

TEST_CASE("Evaluate: attribute_exists looks at presence alone", "[evaluate]") {
    check_true({"attribute_exists(s)", "attribute_exists(nu)", "attribute_exists(es)", "attribute_exists(m.x)",
                "attribute_exists(m.y[0])", "attribute_exists(l[2][0])", "attribute_not_exists(gone)",
                "attribute_not_exists(m.gone)", "attribute_not_exists(l[4])", "attribute_not_exists(s.x)",
                "attribute_not_exists(s[0])", "attribute_not_exists(l.x)", "attribute_not_exists(m[0])",
                "attribute_not_exists(ss[0])", "attribute_not_exists(gone.x[1].y)", "attribute_not_exists(#dot)"});
    check_false({"attribute_exists(gone)", "attribute_exists(m.x.y)", "attribute_exists(#dot)",
                 "attribute_exists(el[0])", "attribute_exists(S)", "attribute_not_exists(nu)",
                 "attribute_not_exists(m.y)"});
}

TEST_CASE("Evaluate: attribute_type", "[evaluate]") {
    check_true({"attribute_type(s, :tS)", "attribute_type(n, :tN)", "attribute_type(b, :tB)",
                "attribute_type(t, :tBOOL)", "attribute_type(nu, :tNULL)", "attribute_type(ss, :tSS)",
                "attribute_type(ns, :tNS)", "attribute_type(bs, :tBS)", "attribute_type(l, :tL)",
                "attribute_type(m, :tM)", "attribute_type(m.y[0], :tN)", "attribute_type(:ss, :tSS)",
                "attribute_type(size(s), :tN)"});
    check_false({"attribute_type(s, :tN)", "attribute_type(ss, :tS)", "attribute_type(ss, :tL)",
                 "attribute_type(l, :tM)", "attribute_type(gone, :tS)", "attribute_type(gone, :tNULL)",
                 "attribute_type(t, :tNULL)", "attribute_type(size(n), :tN)"});
}

TEST_CASE("Evaluate: begins_with", "[evaluate]") {
    check_true({"begins_with(s, :ab)", "begins_with(s, :s)", "begins_with(s, :empty)", "begins_with(es, :empty)",
                "begins_with(b, :b1)", "begins_with(b, :b)", "begins_with(:s, dup)", "begins_with(s, dup)"});
    check_false({"begins_with(s, :bc)", "begins_with(s, :abd)", "begins_with(es, :a)", "begins_with(b, :bff)",
                 "begins_with(s, :b1)", "begins_with(b, :s)", "begins_with(n, :ab)", "begins_with(ss, :a)",
                 "begins_with(l, :x)", "begins_with(gone, :empty)", "begins_with(:s, gone)", "begins_with(s, n)",
                 "begins_with(gone, nope)"});
}

TEST_CASE("Evaluate: contains", "[evaluate]") {
    check_true({"contains(s, :bc)", "contains(s, :s)", "contains(s, :empty)", "contains(b, :bff)", "contains(ss, :a)",
                "contains(ns, :two)", "contains(bs, :bff)", "contains(l, :x)", "contains(l, :one)", "contains(l2, :x)",
                "contains(:s, :ab)", "contains(:l, :one)", "contains(m.y, :two)", "contains(s, dup)"});
    check_false({"contains(s, :abd)",   "contains(s, :n)",    "contains(s, :b1)",   "contains(b, :s)",
                 "contains(ss, :z)",    "contains(ss, :ss)",  "contains(ss, :one)", "contains(ns, :three)",
                 "contains(ns, :s10)",  "contains(bs, :a)",   "contains(l, :deep)", "contains(l, :three)",
                 "contains(n, :one)",   "contains(m, :x)",    "contains(t, :t)",    "contains(nu, :null)",
                 "contains(el, :x)",    "contains(gone, :x)", "contains(s, gone)",  "contains(gone, nope)",
                 "contains(ss, :empty)"});
    const std::string nested =
        encoded_item("{'l':{'L':[{'M':{'a':{'N':'1'}}},{'SS':['a','b']},{'L':[{'N':'1'},{'S':'x'}]}]}}");
    CHECK(holds("contains(l, :ss)", nested));
    CHECK(holds("contains(l, :l)", nested));
    CHECK_FALSE(holds("contains(l, :lr)", nested));
}

TEST_CASE("Evaluate: size", "[evaluate]") {
    check_true({"size(s) = :three", "size(es) = :zero", "size(b) = :three", "size(ss) = :two", "size(ns) = :two",
                "size(bs) = :two", "size(l) = :four", "size(el) = :zero", "size(m) = :two", "size(em) = :zero",
                "size(m.y) = :one", "size(:s) = :three", "size(s) > size(ss)", "size(s) <> :two", "size(s) <> :s",
                ":two < size(s)", "size(s) = l[3].k", "contains(ns, size(ss))"});
    check_false({"size(s) = :two", "size(s) = :s", "size(n) = :two", "size(t) = :one", "size(nu) = :one",
                 "size(gone) = :zero", "size(gone) >= :zero", "size(n) < :n", "size(s) > :s", "size(s) <> :three"});
    check_true({"size(n) <> :two", "size(gone) <> :zero", "size(t) <> :one", "size(nu) <> size(gone)"});
}

TEST_CASE("Evaluate: size of a string counts UTF-16 units", "[evaluate]") {
    const auto size_is = [](const char* text, int units) {
        const std::string item = encoded_item("{'u':{'S':'" + std::string(text) + "'}}");
        Request request("", "{':n':{'N':'" + std::to_string(units) + "'}}");
        return evaluate(request.condition("size(u) = :n").value(), storage::ItemView(item));
    };
    CHECK(size_is("a", 1));
    CHECK(size_is("\u00e9", 1));
    CHECK(size_is("\u20ac", 1));
    CHECK(size_is("\U0001F600", 2));
    CHECK(size_is("a\u00e9\u20ac\U0001F600", 5));
    CHECK_FALSE(size_is("\U0001F600", 4));
    CHECK_FALSE(size_is("\u20ac", 3));
}

// The matrix of missing operands: left, right, both.
TEST_CASE("Evaluate: a missing operand makes comparisons false", "[evaluate]") {
    for (const char* sign : {"=", "<", "<=", ">", ">="}) {
        const std::string op = std::string(" ") + sign + " ";
        for (const char* missing : {"gone", "m.gone", "l[9]", "s.x", "n[0]", "size(gone)", "size(n)"}) {
            check_false({missing + op + ":n", ":n" + op + missing, missing + op + "n", "n" + op + missing,
                         missing + op + "nope"});
        }
    }
}

TEST_CASE("Evaluate: a missing operand makes <> true", "[evaluate]") {
    for (const std::string missing : {"gone", "m.gone", "l[9]", "s.x", "n[0]", "size(gone)", "size(n)"}) {
        check_true(
            {missing + " <> :n", ":n <> " + missing, missing + " <> n", "n <> " + missing, missing + " <> nope"});
    }
}

TEST_CASE("Evaluate: missing operands of BETWEEN, IN and functions", "[evaluate]") {
    check_false({"gone BETWEEN :n9 AND :n11", "n BETWEEN gone AND :n11", "n BETWEEN :n9 AND gone",
                 "n BETWEEN gone AND nope", "gone BETWEEN nope AND nada", "size(gone) BETWEEN :zero AND :n",
                 "gone IN (:n)", "n IN (gone)", "gone IN (nope)", "gone IN (nope, :n, m.gone)", "size(gone) IN (:zero)",
                 "contains(gone, :s)", "begins_with(gone, :ab)", "attribute_type(gone, :tS)"});
    check_true({"n IN (gone, :n)", "n IN (:n, gone)"});
}

TEST_CASE("Evaluate: NOT negates what is missing plainly", "[evaluate]") {
    const std::string item = encoded_item("{'k':{'S':'x'}}");
    for (const char* text : {"NOT a = :s", "NOT a < :s", "NOT a BETWEEN :ab AND :abd", "NOT a IN (:s, :n)",
                             "NOT contains(a, :s)", "NOT begins_with(a, :s)", "NOT attribute_type(a, :tS)",
                             "NOT attribute_exists(a)", "a <> :s", "size(a) <> :n", "NOT (a = :s OR a = :n)"}) {
        INFO(text);
        CHECK(holds(text, item));
    }
    CHECK_FALSE(holds("NOT a <> :s", item));
    CHECK_FALSE(holds("NOT attribute_not_exists(a)", item));
}

TEST_CASE("Evaluate: an absent item has no attributes", "[evaluate]") {
    for (const std::string& item : {std::string(), encoded_item("{}")}) {
        CHECK(holds("attribute_not_exists(s)", item));
        CHECK(holds("s <> :s", item));
        CHECK(holds("NOT s = :s", item));
        CHECK_FALSE(holds("attribute_exists(s)", item));
        CHECK_FALSE(holds("s = :s", item));
        CHECK_FALSE(holds("size(s) = :zero", item));
        CHECK(holds(":s = :s", item));
    }
}

TEST_CASE("Evaluate: no condition always holds", "[evaluate]") {
    CHECK(evaluate(BoundCondition(), storage::ItemView()));
    CHECK(evaluate(BoundCondition(), storage::ItemView(encoded_item("{'a':{'S':'x'}}"))));
}

TEST_CASE("Evaluate: long chains of conditions", "[evaluate]") {
    std::string all = "s = :s";
    for (int i = 0; i < 149; ++i) all += " AND s = :s";
    std::string negations = "s = :s";
    for (int i = 0; i < 296; ++i) negations = "NOT " + negations;
    check_true({negations});
    const std::string item = encoded_item(item_text);
    CHECK(holds(all, item));
    CHECK_FALSE(holds(all.substr(0, all.size() - 1) + "z", item));
}

}  // namespace minamo
