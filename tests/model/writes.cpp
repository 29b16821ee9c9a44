// The steps that write.
#include <algorithm>

#include "tests/model/world.hpp"

namespace minamo::model {
namespace {

std::string request(const Table& table, const std::string& member, const Item& item) {
    return "{\"TableName\":" + json_string(table.shape.name) + "," + json_string(member) + ":" + to_json(item);
}

// A condition that may be absent, and its text.
struct Guard {
    Guard(Random& random, Generator& generator, std::size_t percent) {
        if (random.chance(percent)) condition = generator.condition();
        shows_old = random.chance(50);
    }

    const Condition* get() const { return condition ? &*condition : nullptr; }
    bool fits() const { return !condition || well_formed(*condition); }
    std::string member(Text& text) const {
        std::string out;
        if (condition) out = ",\"ConditionExpression\":" + json_string(text.condition(*condition));
        if (shows_old) out += ",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"";
        return out;
    }

    std::optional<Condition> condition;
    bool shows_old;  // where it does not hold
};

std::optional<Item> present(const Item& item) {
    return item.empty() ? std::nullopt : std::optional(item);
}

Paths targets(const Update& update) {
    Paths out;
    for (const Action& action : update) out.push_back(action.target);
    return out;
}

std::optional<Item> returned(const std::string& asked, const Update& update, const Write& write) {
    if (asked == "ALL_OLD") return present(write.old_item);
    if (asked == "ALL_NEW") return present(write.new_item);
    if (asked == "UPDATED_OLD") return present(project(targets(update), write.old_item));
    if (asked == "UPDATED_NEW") return present(project(targets(update), write.new_item));
    return std::nullopt;
}

// One action of a transaction.
struct Member {
    Table* table;
    Write write;
    std::string text;
    bool fits;       // what the request alone shows
    bool shows_old;  // where the condition does not hold
};

Member draw_member(Random& random, Table& table) {
    Generator generator(random, table.shape, false);
    const Guard guard(random, generator, 40);
    const Item item = generator.item();
    const Item key = table.key_of(item);
    const std::size_t kind = random.below(4);
    Member out{&table, {}, {}, guard.fits(), guard.shows_old};
    Text text;
    std::string body = request(table, kind == 0 ? "Item" : "Key", kind == 0 ? item : key);
    if (kind == 0) {
        out.write = table.put(item, guard.get());
        out.text = "Put";
    } else if (kind == 1) {
        const Update update = generator.update();
        body += ",\"UpdateExpression\":" + json_string(text.update(update));
        out.fits = out.fits && well_formed(update);
        if (out.fits) out.write = table.update(key, update, guard.get());
        out.write.key = key;
        out.text = "Update";
    } else if (kind == 2) {
        out.write = table.erase(key, guard.get());
        out.text = "Delete";
    } else {
        Condition check = guard.condition ? *guard.condition : generator.condition();
        out.write = table.erase(key, &check);
        out.write.new_item = out.write.old_item;
        out.text = "ConditionCheck";
        out.fits = well_formed(check);
        body += ",\"ConditionExpression\":" + json_string(text.condition(check));
        if (guard.shows_old) body += ",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"";
    }
    if (kind != 3) body += guard.member(text);
    out.text = "{\"" + out.text + "\":" + body + text.members() + "}}";
    return out;
}

std::string code(Fault fault) {
    return fault == Fault::none ? "None" : fault == Fault::condition ? "ConditionalCheckFailed" : "ValidationError";
}

// What one action is told: of faults that show before anything is read only the first is reported, and nothing else.
Fault reason(const std::vector<Member>& members, std::size_t i) {
    const auto at_once = [](const Member& member) { return member.write.at_once; };
    const auto first = std::find_if(members.begin(), members.end(), at_once);
    if (first == members.end()) return members[i].write.fault;
    return first == members.begin() + static_cast<std::ptrdiff_t>(i) ? members[i].write.fault : Fault::none;
}

void expect_reasons(const Answer& answer, const std::vector<Member>& members) {
    expect(answer.type == "TransactionCanceledException",
           "expected a cancellation, answered " + answer.type + answer.body);
    const auto& reasons = answer.member("CancellationReasons");
    expect(reasons.Size() == members.size(), "a reason for each action");
    for (std::size_t i = 0; i < members.size(); ++i) {
        const auto& reason = reasons[static_cast<rapidjson::SizeType>(i)];
        const Fault fault = minamo::model::reason(members, i);
        const std::string expected = code(fault);
        expect(reason["Code"].GetString() == expected,
               "expected reason " + std::to_string(i) + " to be " + expected + ", answered " + answer.body);
        std::optional<Item> item;
        if (reason.HasMember("Item")) item = read_item(reason["Item"]);
        const bool shows = members[i].shows_old && fault == Fault::condition;
        expect_equal(item, shows ? present(members[i].write.old_item) : std::nullopt, "Item of a reason");
    }
}

}  // namespace

void World::finish_write(const Answer& answer, Table& table, const Write& write, bool shows_old) {
    expect_fault(answer, write.fault);
    if (write.fault == Fault::none) return table.commit(write);
    const bool shows = shows_old && write.fault == Fault::condition;
    expect_equal(answer.item("Item"), shows ? present(write.old_item) : std::nullopt, "Item of the error");
}

void World::put_item(Random& random) {
    Table& table = this->table(random);
    Generator generator(random, table.shape, true);
    const Guard guard(random, generator, 40);
    const Item item = generator.item();
    const bool returns = random.chance(50);
    Text text;
    std::string body = request(table, "Item", item) + guard.member(text);
    body += text.members();
    if (returns) body += ",\"ReturnValues\":\"ALL_OLD\"";
    const Answer answer = call("PutItem", body + "}");
    if (!guard.fits()) return expect_fault(answer, Fault::validation);
    const Write write = table.put(item, guard.get());
    finish_write(answer, table, write, guard.shows_old);
    if (write.fault != Fault::none) return;
    expect_equal(answer.item("Attributes"), returns ? present(write.old_item) : std::nullopt, "Attributes");
}

void World::delete_item(Random& random) {
    Table& table = this->table(random);
    Generator generator(random, table.shape, true);
    const Guard guard(random, generator, 50);
    const Item key = generator.key();
    const bool returns = random.chance(50);
    Text text;
    std::string body = request(table, "Key", key) + guard.member(text);
    body += text.members();
    if (returns) body += ",\"ReturnValues\":\"ALL_OLD\"";
    const Answer answer = call("DeleteItem", body + "}");
    if (!guard.fits()) return expect_fault(answer, Fault::validation);
    const Write write = table.erase(key, guard.get());
    finish_write(answer, table, write, guard.shows_old);
    if (write.fault != Fault::none) return;
    expect_equal(answer.item("Attributes"), returns ? present(write.old_item) : std::nullopt, "Attributes");
}

void World::update_item(Random& random) {
    static const std::vector<std::string> all = {"NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"};
    Table& table = this->table(random);
    Generator generator(random, table.shape, true);
    const Guard guard(random, generator, 30);
    const Item key = generator.key();
    const Update update = generator.update();
    const std::string returns = random.pick(all);
    Text text;
    std::string body = request(table, "Key", key) + ",\"ReturnValues\":" + json_string(returns);
    body += ",\"UpdateExpression\":" + json_string(text.update(update));
    body += guard.member(text);
    const Answer answer = call("UpdateItem", body + text.members() + "}");
    if (!guard.fits() || !well_formed(update)) return expect_fault(answer, Fault::validation);
    const Write write = table.update(key, update, guard.get());
    finish_write(answer, table, write, guard.shows_old);
    if (write.fault != Fault::none) return;
    expect_equal(answer.item("Attributes"), returned(returns, update, write), "Attributes");
}

void World::batch_write_item(Random& random) {
    std::string body;
    bool fits = true;
    std::vector<std::pair<Table*, Write>> writes;
    for (Table& table : tables_) {
        Generator generator(random, table.shape, true);
        std::string listed;
        const std::size_t first = writes.size();
        const std::size_t count = 1 + random.below(5);
        for (std::size_t i = 0; i < count; ++i) {
            const Item item = generator.item();
            Write write = table.put(item, nullptr);
            const bool erases = !write.key.empty() && random.chance(40);
            if (erases) write = table.erase(table.key_of(item), nullptr);
            fits = fits && write.fault == Fault::none;
            for (std::size_t k = first; k < writes.size(); ++k) {
                fits = fits && compare(writes[k].second.key, write.key) != 0;
            }
            listed += (listed.empty() ? "" : ",") +
                      (erases ? "{\"DeleteRequest\":{\"Key\":" + to_json(write.key)
                              : "{\"PutRequest\":{\"Item\":" + to_json(item)) +
                      "}}";
            writes.emplace_back(&table, std::move(write));
        }
        body += (body.empty() ? "" : ",") + json_string(table.shape.name) + ":[" + listed + "]";
    }
    const Answer answer = call("BatchWriteItem", "{\"RequestItems\":{" + body + "}}");
    expect_fault(answer, fits ? Fault::none : Fault::validation);
    if (!fits) return;
    expect(answer.member("UnprocessedItems").ObjectEmpty(), "nothing is left unprocessed");
    for (auto& [table, write] : writes) table->commit(write);
}

void World::transact_write_items(Random& random) {
    std::vector<Member> members;
    bool fits = true;
    bool stands = true;
    std::string body;
    const std::size_t count = 1 + random.below(5);
    for (std::size_t i = 0; i < count; ++i) {
        Member member = draw_member(random, table(random));
        for (const Member& other : members) {
            fits = fits && (other.table != member.table || compare(other.write.key, member.write.key) != 0);
        }
        fits = fits && member.fits;
        stands = stands && member.write.fault == Fault::none;
        body += (body.empty() ? "" : ",") + member.text;
        members.push_back(std::move(member));
    }
    const Answer answer = call("TransactWriteItems", "{\"TransactItems\":[" + body + "]}");
    if (!fits) return expect_fault(answer, Fault::validation);
    if (!stands) return expect_reasons(answer, members);
    expect_fault(answer, Fault::none);
    for (const Member& member : members) member.table->commit(member.write);
}

}  // namespace minamo::model
