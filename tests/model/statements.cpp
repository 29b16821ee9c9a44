// The steps that execute statements: each is a plain call in other words, and must come to the same.
#include <algorithm>

#include "tests/model/statement.hpp"
#include "tests/model/world.hpp"

namespace minamo::model {
namespace {

std::optional<Item> present(const Item& item) {
    return item.empty() ? std::nullopt : std::optional(item);
}

std::string quoted_name(const Table& table) {
    return "\"" + table.shape.name + "\"";
}

// A predicate beside the key, so that nothing in it is taken for a condition on the key.
std::string guarded(StatementText& text, const Condition& condition) {
    return " AND NOT (NOT (" + text.condition(condition) + "))";
}

std::optional<Item> only_item(const Answer& answer) {
    const std::vector<Item> items = answer.items("Items");
    expect(items.size() < 2, "one item at most in " + answer.body);
    return items.empty() ? std::nullopt : std::optional(items[0]);
}

}  // namespace

void World::statement(Random& random) {
    const std::size_t kind = random.below(100);
    if (kind < 20) return insert(random);
    if (kind < 50) return update(random);
    if (kind < 65) return erase(random);
    if (kind < 80) return select_by_key(random);
    select(random);
}

void World::insert(Random& random) {
    Table& table = this->table(random);
    Generator generator(random, table.shape, true);
    const Item item = generator.item();
    const Write write = table.put(item, nullptr);
    StatementText text(random);
    std::string members;
    for (const auto& [name, value] : item) {
        std::string quoted = "'";
        for (const char c : name) quoted.append(c == '\'' ? 2 : 1, c);
        members += (members.empty() ? "" : ", ") + quoted + "': " + text.value(value);
    }
    const Answer answer =
        call("ExecuteStatement", text.request("INSERT INTO " + quoted_name(table) + " VALUE {" + members + "}") + "}");
    if (write.fault != Fault::none) return expect_fault(answer, Fault::validation);
    if (!write.old_item.empty()) {
        return expect(answer.type == "DuplicateItemException", "the item is there, answered " + answer.body);
    }
    expect_fault(answer, Fault::none);
    table.commit(write);
}

void World::update(Random& random) {
    static const std::vector<std::string> all = {"", "ALL OLD", "ALL NEW", "MODIFIED OLD", "MODIFIED NEW"};
    Table& table = this->table(random);
    Generator generator(random, table.shape, true);
    const Item key = generator.key();
    const Update update = generator.update();
    if (!is_statement(update)) return;
    std::optional<Condition> condition;
    if (random.chance(30)) condition = generator.condition();
    const std::string& returns = random.pick(all);
    StatementText text(random);
    const std::string clauses = text.clauses(update);
    std::string statement = "UPDATE " + quoted_name(table) + clauses + " WHERE " + text.key(key);
    if (condition) statement += guarded(text, *condition);
    if (!returns.empty()) statement += " RETURNING " + returns + " *";
    const Answer answer = call("ExecuteStatement", text.request(statement) + "}");
    if ((condition && !well_formed(*condition)) || !well_formed(update)) {
        return expect_fault(answer, Fault::validation);
    }
    Write write = table.update(key, update, condition ? &*condition : nullptr);
    if (table.get(key).empty() || (condition && !holds(*condition, table.get(key)))) {
        return expect_fault(answer, Fault::condition);  // told before what else is wrong with it
    }
    expect_fault(answer, write.fault);
    if (write.fault != Fault::none) return;
    Paths targets;
    for (const Action& action : update) targets.push_back(action.target);
    std::optional<Item> expected;
    if (returns == "ALL OLD") expected = present(write.old_item);
    if (returns == "ALL NEW") expected = present(write.new_item);
    if (returns == "MODIFIED OLD") expected = present(project(targets, write.old_item));
    if (returns == "MODIFIED NEW") expected = present(project(targets, write.new_item));
    expect_equal(only_item(answer), expected, "Items");
    table.commit(write);
}

void World::erase(Random& random) {
    Table& table = this->table(random);
    Generator generator(random, table.shape, true);
    const Item key = generator.key();
    std::optional<Condition> condition;
    if (random.chance(50)) condition = generator.condition();
    const bool returns = random.chance(50);
    StatementText text(random);
    std::string statement = "DELETE FROM " + quoted_name(table) + " WHERE " + text.key(key);
    if (condition) statement += guarded(text, *condition);
    if (returns) statement += " RETURNING ALL OLD *";
    const Answer answer = call("ExecuteStatement", text.request(statement) + "}");
    if (condition && !well_formed(*condition)) return expect_fault(answer, Fault::validation);
    const bool asked = condition && !table.get(key).empty();
    const Write write = table.erase(key, asked ? &*condition : nullptr);
    expect_fault(answer, write.fault);
    if (write.fault != Fault::none) return;
    expect_equal(only_item(answer), returns ? present(write.old_item) : std::nullopt, "Items");
    table.commit(write);
}

void World::select_by_key(Random& random) {
    Table& table = this->table(random);
    Generator generator(random, table.shape, true);
    const Item key = generator.key();
    StatementText text(random);
    std::string statement = "SELECT * FROM " + quoted_name(table) + " WHERE " + text.key(key);
    std::optional<Condition> condition;
    if (random.chance(30)) condition = generator.condition();
    if (condition) statement += guarded(text, *condition);
    const Answer answer = call("ExecuteStatement", text.request(statement) + "}");
    if (condition && !well_formed(*condition)) return expect_fault(answer, Fault::validation);
    expect_fault(answer, Fault::none);
    const Item& item = table.get(key);
    const bool shown = !item.empty() && (!condition || holds(*condition, item));
    expect_equal(only_item(answer), shown ? present(item) : std::nullopt, "Items");
}

// All of a table or an index, page by page, with a filter.
void World::select(Random& random) {
    Table& table = this->table(random);
    const Shape& shape = table.shape;
    Generator generator(random, shape, true);
    Range range;
    if (random.chance(50)) range.index = &shape.indexes[random.below(shape.indexes.size())];
    StatementText text(random);
    std::string statement = "SELECT * FROM " + quoted_name(table);
    if (range.index != nullptr) statement += ".\"" + range.index->name + "\"";
    const Condition condition = generator.condition();
    statement += " WHERE NOT (NOT (" + text.condition(condition) + "))";
    std::string body = text.request(statement);
    const std::size_t limit = random.chance(50) ? 1 + random.below(5) : 0;
    if (limit > 0) body += ",\"Limit\":" + std::to_string(limit);
    std::vector<Item> actual;
    std::string next;
    do {
        const Answer answer = call("ExecuteStatement", body + next + "}");
        if (!well_formed(condition)) return expect_fault(answer, Fault::validation);
        expect_fault(answer, Fault::none);
        const std::vector<Item> page = answer.items("Items");
        expect(limit == 0 || page.size() <= limit, "a page within its limit");
        actual.insert(actual.end(), page.begin(), page.end());
        next.clear();
        if (answer.json.HasMember("NextToken")) {
            next = ",\"NextToken\":" + json_string(answer.member("NextToken").GetString());
        }
    } while (!next.empty());
    std::vector<Item> expected;
    for (const Item& item : table.read(range)) {
        const Item entry = table.entry(range.index, item);
        if (holds(condition, entry)) expected.push_back(entry);
    }
    expect_same_items(actual, expected, "Items");
}

}  // namespace minamo::model
