// Parsing and binding: prefixes, order of faults, the cache, placeholders over several expressions.
#include "emulator/expressions/prepare.hpp"

#include <thread>

#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

std::string condition_fault(ConditionKind kind, std::string_view text) {
    Request request;
    return fault(bind_condition(kind, text, request.substitutions()));
}

}  // namespace

TEST_CASE("Prepare: each kind of expression has its prefix", "[prepare]") {
    const std::string empty = "The expression can not be empty;";
    CHECK(condition_fault(ConditionKind::condition, "") == "Invalid ConditionExpression: " + empty);
    CHECK(condition_fault(ConditionKind::filter, "") == "Invalid FilterExpression: " + empty);
    CHECK(condition_fault(ConditionKind::key_condition, "") == "Invalid KeyConditionExpression: " + empty);
    CHECK(fault(Request().update("")) == "Invalid UpdateExpression: " + empty);
    CHECK(fault(Request().projection("")) == "Invalid ProjectionExpression: " + empty);
}

TEST_CASE("Prepare: the parser's faults pass through", "[prepare]") {
    CHECK(fault(Request().condition("a = ")) ==
          "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"= \"");
    CHECK(fault(Request().condition("foo(a)")) == "Invalid ConditionExpression: Invalid function name; function: foo");
    CHECK(fault(Request().update("SET a = :v SET b = :v")) ==
          "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;");
    CHECK(fault(Request().projection("a, contains")) == "");
    CHECK(fault(Request().projection("a, select")) ==
          "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: select");
}

TEST_CASE("Prepare: a fault says which expression has it", "[prepare]") {
    Request request;
    CHECK(request.condition("a =").error()->fault == RequestFault::condition);
    CHECK(request.condition("a = :undefined").error()->fault == RequestFault::condition);
    CHECK(request.update("SET").error()->fault == RequestFault::update);
    CHECK(request.update("SET a = :undefined").error()->fault == RequestFault::update);
    Substitutions& substitutions = request.substitutions();
    CHECK(bind_condition(ConditionKind::filter, "a =", substitutions).error()->fault == RequestFault::none);
    CHECK(bind_condition(ConditionKind::key_condition, "a = :v", substitutions).error()->fault == RequestFault::none);
    CHECK(request.projection("a,").error()->fault == RequestFault::none);
}

TEST_CASE("Prepare: a text is parsed once per thread", "[prepare]") {
    const auto tree = [](std::string_view text) { return prepare_condition(text).value(); };
    const auto first = tree("once = :v");
    CHECK(tree(std::string("once = :v")) == first);
    CHECK(tree("once  = :v") != first);
    std::shared_ptr<const grammar::ConditionExpression> other;
    std::thread([&] { other = tree("once = :v"); }).join();
    CHECK(other != first);
}

TEST_CASE("Prepare: one text may be of several kinds", "[prepare]") {
    REQUIRE(prepare_projection("a"));
    CHECK_FALSE(prepare_condition("a"));
    CHECK_FALSE(prepare_update("a"));
    CHECK(prepare_projection("a"));
}

TEST_CASE("Prepare: long texts pass the cache by", "[prepare]") {
    const auto text = [](std::size_t bytes) { return "a = :v" + std::string(bytes - 6, ' '); };
    const std::string longest = text(prepared_text_bytes_max);
    const std::string longer = text(prepared_text_bytes_max + 1);
    const auto kept = prepare_condition(longest).value();
    CHECK(prepare_condition(longest).value() == kept);
    const auto passed = prepare_condition(longer).value();
    CHECK(prepare_condition(longer).value() != passed);
}

TEST_CASE("Prepare: the tree unused for longest leaves first", "[prepare]") {
    const auto text = [](std::size_t i) { return "tree" + std::to_string(i) + " = :v"; };
    std::vector<std::shared_ptr<const grammar::ConditionExpression>> trees;
    for (std::size_t i = 0; i < prepared_trees_max; ++i) trees.push_back(prepare_condition(text(i)).value());
    CHECK(prepare_condition(text(0)).value() == trees[0]);
    REQUIRE(prepare_condition(text(prepared_trees_max)));
    CHECK(prepare_condition(text(0)).value() == trees[0]);
    CHECK(prepare_condition(text(2)).value() == trees[2]);
    CHECK(prepare_condition(text(1)).value() != trees[1]);
    CHECK(trees[1]->placeholders.values == std::vector<std::string>{":v"});
}

TEST_CASE("Prepare: placeholders are counted over all expressions of a request", "[prepare]") {
    Request request("{'#a':'x','#b':'y'}", "{':v':{'S':'1'},':w':{'S':'2'}}");
    REQUIRE(request.update("SET #a = :v"));
    CHECK_FALSE(request.substitutions().check_used());
    REQUIRE(request.condition("#b = :w AND #a <> :v"));
    CHECK(request.substitutions().check_used());
}

TEST_CASE("Prepare: placeholders count as used in branches that never run", "[prepare]") {
    Request request("{'#a':'x'}", "{':v':{'S':'1'},':w':{'S':'2'}}");
    REQUIRE(request.condition("attribute_exists(#a) OR (b = :v AND c = :w)"));
    CHECK(request.substitutions().check_used());
}

TEST_CASE("Prepare: one tree serves requests with other names", "[prepare]") {
    Request one("{'#n':'a'}", "{':v':{'S':'1'}}");
    Request two("{'#n':'b'}", "{':v':{'S':'2'}}");
    const auto first = one.condition("#n = :v").value();
    const auto second = two.condition("#n = :v").value();
    CHECK(first.tree == second.tree);
    const std::string item = encoded_item("{'a':{'S':'1'},'b':{'S':'1'}}");
    CHECK(evaluate(first, storage::ItemView(item)));
    CHECK_FALSE(evaluate(second, storage::ItemView(item)));
}

}  // namespace minamo
