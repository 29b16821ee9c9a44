// Printing: canonical text that parses to the same tree.
#include "grammar/print.hpp"

#include "grammar/functions.hpp"
#include "tests/grammar/outcome.hpp"
#include "tests/support.hpp"

namespace minamo::grammar {

TEST_CASE("Print: canonical text stays as it is", "[grammar][print]") {
    for (const std::string_view text : {
             "a = :v",
             "NOT NOT NOT a = :v",
             "NOT (a = :v AND b = :v)",
             "(a = :v OR b = :v) AND (c = :v OR d = :v)",
             "a = :v AND (b = :v AND (c = :v AND d = :v))",
             "a = :v OR (b = :v OR c = :v)",
             "a BETWEEN :l AND :h AND b BETWEEN :l AND :h",
             "size(a) IN (:v, size(b), c.d[0])",
             "NOT (NOT a = :v OR NOT (b = :v AND c = :v))",
             "#a.#b[0][1].c <> :v",
         }) {
        CHECK(condition(text) == text);
    }
    for (const std::string_view text : {
             "SET a = :v",
             "SET a = if_not_exists(a, :v) - :w, #b.c[2] = list_append(:x, #b)",
             "REMOVE a, b[0] SET c = d + :v DELETE e :s ADD f :n, g :n",
         }) {
        CHECK(update(text) == text);
    }
    CHECK(projection("a, b.c, #d[3].e") == "a, b.c, #d[3].e");
}

TEST_CASE("Print: actions of one kind share a section", "[grammar][print]") {
    UpdateExpression tree;
    tree.placeholders.values = {":v"};
    tree.actions.emplace_back(RemoveAction{Path{{"a"}}});
    tree.actions.emplace_back(RemoveAction{Path{{"b", ListIndex{1}}}});
    tree.actions.emplace_back(AddAction{Path{{"c"}}, ValueSlot{0}});
    CHECK(print(tree) == "REMOVE a, b[1] ADD c :v");
    CHECK(print(UpdateExpression{}).empty());
}

TEST_CASE("Print: a path takes its placeholders from its tree", "[grammar][print]") {
    const Placeholders placeholders{{"#x", "#y"}, {}};
    CHECK(print(Path{{NameSlot{1}, ListIndex{0}, "a", NameSlot{0}}}, placeholders) == "#y[0].a.#x");
}

TEST_CASE("Functions: names are found as they are written", "[grammar][functions]") {
    for (const FunctionName function : {FunctionName::attribute_exists, FunctionName::attribute_not_exists,
                                        FunctionName::attribute_type, FunctionName::begins_with, FunctionName::contains,
                                        FunctionName::size, FunctionName::if_not_exists, FunctionName::list_append}) {
        CHECK(function_named(name_of(function)) == function);
    }
    for (const std::string_view text : {"", "Size", "SIZE", "sizes", "siz", "contains ", "attribute_exist"}) {
        CHECK_FALSE(function_named(text));
    }
}

TEST_CASE("Functions: each belongs to conditions, to updates or to operands", "[grammar][functions]") {
    CHECK(is_condition(FunctionName::attribute_exists));
    CHECK(is_condition(FunctionName::contains));
    CHECK_FALSE(is_condition(FunctionName::size));
    CHECK_FALSE(is_for_updates(FunctionName::size));
    CHECK_FALSE(is_for_updates(FunctionName::contains));
    CHECK(is_for_updates(FunctionName::if_not_exists));
    CHECK(is_for_updates(FunctionName::list_append));
    CHECK(name_of(Comparator::eq) == "=");
    CHECK(name_of(Comparator::ne) == "<>");
    CHECK(name_of(Comparator::ge) == ">=");
}

}  // namespace minamo::grammar
