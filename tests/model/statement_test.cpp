// The same predicate as a FilterExpression and as a WHERE clause, the same update as an UpdateExpression and as UPDATE:
// whatever the items hold, both come to the same.
#include <cstdlib>
#include <string>
#include <vector>

#include "minamo/emulator.hpp"
#include "tests/model/generator.hpp"
#include "tests/model/statement.hpp"
#include "tests/support.hpp"

namespace minamo::model {
namespace {

constexpr std::size_t rows = 40;

// Two tables with the same items, of every type, with attributes that are missing and nested ones.
class Twins {
public:
    explicit Twins(Random& random) : shape_(random_shape(random, "left")) {
        for (const char* name : {"left", "right"}) {
            shape_.name = name;
            REQUIRE(emulator_.call("CreateTable", shape_.create_request()).ok());
        }
        Generator generator(random, shape_, false);
        while (keys_.size() < rows) {
            const Item item = generator.item();
            const Item key = Table(shape_).key_of(item);
            bool taken = false;
            for (const Item& other : keys_) taken = taken || compare(other, key) == 0;
            if (!taken) {
                put(item);
                keys_.push_back(key);
            } else if (++repeated_ > rows * 20) {
                return;
            }
        }
    }

    void put(const Item& item) {
        for (const char* name : {"left", "right"}) {
            REQUIRE(
                call("PutItem", "{\"TableName\":\"" + std::string(name) + "\",\"Item\":" + to_json(item) + "}").ok());
        }
    }

    Response call(const std::string& operation, const std::string& body) { return emulator_.call(operation, body); }
    const Shape& shape() const { return shape_; }
    const std::vector<Item>& keys() const { return keys_; }

private:
    Emulator emulator_;
    Shape shape_;
    std::vector<Item> keys_;
    std::size_t repeated_ = 0;
};

// "Items" of an answer, as text.
std::string items_of(const Response& response) {
    rapidjson::Document json;
    json.Parse(response.body.data(), response.body.size());
    REQUIRE(json.HasMember("Items"));
    std::string out;
    for (const auto& each : json["Items"].GetArray()) out += to_json(read_item(each)) + "\n";
    return out;
}

std::uint64_t seed() {
    const char* text = std::getenv("MINAMO_MODEL_SEED");
    return text == nullptr ? 1 : std::strtoull(text, nullptr, 10);
}

}  // namespace

TEST_CASE("Statements: WHERE chooses what a FilterExpression chooses", "[model][statements]") {
    std::size_t drawn = 0;
    std::size_t partial = 0;  // some match, not all
    for (std::uint64_t world = 0; world < 15; ++world) {
        Random random(seed() * 1000 + world);
        Twins twins(random);
        Generator generator(random, twins.shape(), false);
        for (int i = 0; i < 100; ++i) {
            const Condition condition = generator.condition();
            Text text;
            std::string filter =
                "{\"TableName\":\"left\",\"FilterExpression\":" + json_string(text.condition(condition));
            filter += text.members();
            StatementText where(random);
            const std::string statement = "SELECT * FROM \"left\" WHERE NOT (NOT (" + where.condition(condition) + "))";
            const std::string select = where.request(statement);
            CAPTURE(filter, select);
            const Response scanned = twins.call("Scan", filter + "}");
            const Response selected = twins.call("ExecuteStatement", select + "}");
            REQUIRE(scanned.type == selected.type);
            ++drawn;
            if (!scanned.ok()) continue;
            const std::string items = items_of(scanned);
            REQUIRE(items_of(selected) == items);
            const auto count = static_cast<std::size_t>(std::count(items.begin(), items.end(), '\n'));
            partial += count > 0 && count < twins.keys().size();
        }
    }
    CAPTURE(drawn, partial);
    CHECK(partial * 100 >= drawn * 30);
}

TEST_CASE("Statements: UPDATE makes what an UpdateExpression makes", "[model][statements]") {
    for (std::uint64_t world = 0; world < 15; ++world) {
        Random random(seed() * 2000 + world);
        Twins twins(random);
        Generator generator(random, twins.shape(), false);
        for (int i = 0; i < 100; ++i) {
            const Update update = generator.update();
            if (!is_statement(update)) continue;
            const Item& key = random.pick(twins.keys());
            Text text;
            std::string plain = R"({"TableName":"left","ReturnValues":"ALL_NEW","Key":)" + to_json(key) +
                                ",\"UpdateExpression\":" + json_string(text.update(update));
            plain += text.members();
            StatementText words(random);
            const std::string clauses = words.clauses(update);
            const std::string statement = "UPDATE \"right\"" + clauses + " WHERE " + words.key(key);
            const std::string request = words.request(statement + " RETURNING ALL NEW *");
            CAPTURE(plain, request);
            const Response updated = twins.call("UpdateItem", plain + "}");
            const Response executed = twins.call("ExecuteStatement", request + "}");
            REQUIRE(updated.type == executed.type);
            if (!updated.ok()) continue;
            rapidjson::Document json;
            json.Parse(updated.body.data(), updated.body.size());
            REQUIRE(items_of(executed) == to_json(read_item(json["Attributes"])) + "\n");
        }
    }
}

}  // namespace minamo::model
