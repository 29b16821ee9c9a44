// Random expressions beside small models of what they mean. A failing case prints its seed and texts.
#include <algorithm>
#include <random>

#include "storage/item_codec.hpp"
#include "tests/emulator/expressions/expression_requests.hpp"
#include "tests/support.hpp"

namespace minamo {
namespace {

class Dice {
public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}
    // 0 .. sides - 1
    std::size_t roll(std::size_t sides) { return std::uniform_int_distribution<std::size_t>(0, sides - 1)(engine_); }
    template <class List>
    auto& pick(List& list) {
        return list[roll(std::size(list))];
    }

private:
    std::mt19937 engine_;
};

std::string list_json(const std::vector<std::string>& members) {
    std::string out;
    for (const std::string& member : members) out += (out.empty() ? "" : ",") + ("{'S':'" + member + "'}");
    return "{'l':{'L':[" + out + "]}}";
}

// An update of distinct positions of one list, and its model: replace, append by ascending position, then erase.
struct ListUpdate {
    std::vector<std::string> members;
    std::string text;
    std::string values;
    std::vector<std::string> result;
};

ListUpdate random_list_update(Dice& dice) {
    ListUpdate out;
    const std::size_t length = dice.roll(6);
    for (std::size_t i = 0; i < length; ++i) out.members.push_back("old" + std::to_string(i));
    std::vector<std::size_t> positions{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    for (std::size_t i = positions.size(); i > 1; --i) std::swap(positions[i - 1], positions[dice.roll(i)]);
    positions.resize(1 + dice.roll(7));
    std::string sets;
    std::string removes;
    std::vector<std::pair<std::size_t, std::string>> put;
    std::vector<std::size_t> erased;
    for (const std::size_t position : positions) {
        const std::string at = "l[" + std::to_string(position) + "]";
        if (dice.roll(2) == 0) {
            removes += (removes.empty() ? " REMOVE " : ", ") + at;
            erased.push_back(position);
        } else {
            const std::string value = "v" + std::to_string(position);
            sets += (sets.empty() ? " SET " : ", ") + at + " = :" + value;
            out.values += (out.values.empty() ? "{" : ",") + ("':" + value + "':{'S':'" + value + "'}");
            put.emplace_back(position, value);
        }
    }
    if (!out.values.empty()) out.values += "}";
    out.text = dice.roll(2) == 0 ? sets + removes : removes + sets;
    std::vector<std::string> model = out.members;
    std::ranges::sort(put);
    for (const auto& [position, value] : put) {
        if (position < length) {
            model[position] = value;
        } else {
            model.push_back(value);
        }
    }
    for (std::size_t i = 0; i < model.size(); ++i) {
        if (i >= length || std::ranges::find(erased, i) == erased.end()) out.result.push_back(model[i]);
    }
    return out;
}

// A random condition of few attributes; text only.
std::string random_condition(Dice& dice, int depth) {
    static const std::string operands[] = {"a", "b", "m.x", "l[0]", "gone", ":s", ":n", ":t", "size(a)", "size(:t)"};
    static const std::string comparators[] = {"=", "<>", "<", "<=", ">", ">="};
    if (depth > 0 && dice.roll(3) != 0) {
        switch (dice.roll(3)) {
            case 0:
                return "NOT " + std::string("(") + random_condition(dice, depth - 1) + " AND a = :s)";
            case 1:
                return "(" + random_condition(dice, depth - 1) + " AND " + random_condition(dice, depth - 1) + ")";
            default:
                return "(" + random_condition(dice, depth - 1) + " OR " + random_condition(dice, depth - 1) + ")";
        }
    }
    const auto operand = [&] { return dice.pick(operands); };
    switch (dice.roll(6)) {
        case 0:
            return operand() + " BETWEEN " + operand() + " AND " + operand();
        case 1:
            return operand() + " IN (" + operand() + ", " + operand() + ")";
        case 2:
            return "contains(" + operand() + ", " + operand() + ")";
        case 3:
            return "begins_with(" + operand() + ", " + operand() + ")";
        default:
            return operand() + " " + dice.pick(comparators) + " " + operand();
    }
}

std::string random_value(Dice& dice, int depth) {
    switch (dice.roll(depth > 0 ? 7 : 5)) {
        case 0:
            return "{'S':'" + std::string(dice.roll(3), 'x') + "'}";
        case 1:
            return "{'N':'" + std::to_string(dice.roll(4)) + "'}";
        case 2:
            return "{'SS':['x','y']}";
        case 3:
            return "{'NULL':true}";
        case 4:
            return "{'B':'AQ=='}";
        case 5:
            return "{'L':[" + random_value(dice, depth - 1) + "," + random_value(dice, depth - 1) + "]}";
        default:
            return "{'M':{'x':" + random_value(dice, depth - 1) + ",'y':" + random_value(dice, depth - 1) + "}}";
    }
}

std::string random_item(Dice& dice) {
    std::string out;
    for (const char* name : {"a", "b", "l", "m"}) {
        if (dice.roll(4) == 0) continue;
        out += (out.empty() ? "'" : ",'") + std::string(name) + "':" + random_value(dice, 3);
    }
    return "{" + out + "}";
}

// What a set of paths leaves of a value, path by path from the top: the model of project.
std::optional<storage::AttributeValue> kept(const storage::AttributeValue& value, const ResolvedPath& at,
                                            const std::vector<ResolvedPath>& paths) {
    const auto begins = [](const ResolvedPath& a, const ResolvedPath& b) {
        return a.size() <= b.size() && std::equal(a.begin(), a.end(), b.begin());
    };
    if (std::ranges::any_of(paths, [&](const auto& path) { return begins(path, at); })) return value;
    if (std::ranges::none_of(paths, [&](const auto& path) { return begins(at, path); })) return std::nullopt;
    ResolvedPath inner = at;
    inner.emplace_back();
    if (const auto* map = std::get_if<storage::Map>(&value.data)) {
        storage::Map out;
        for (const auto& [name, element] : *map) {
            inner.back() = {name, 0, false};
            if (auto part = kept(element, inner, paths)) out.set(name, std::move(*part));
        }
        if (!out.empty()) return storage::AttributeValue{std::move(out)};
    }
    if (const auto* list = std::get_if<storage::List>(&value.data)) {
        storage::List out;
        for (std::size_t i = 0; i < list->size(); ++i) {
            inner.back() = {{}, static_cast<std::uint32_t>(i), true};
            if (auto part = kept((*list)[i], inner, paths)) out.push_back(std::move(*part));
        }
        if (!out.empty()) return storage::AttributeValue{std::move(out)};
    }
    return std::nullopt;
}

ResolvedPath random_path(Dice& dice) {
    static const std::string_view roots[] = {"a", "b", "l", "m", "gone"};
    static const std::string_view names[] = {"x", "y", "gone"};
    ResolvedPath path{{dice.pick(roots), 0, false}};
    for (std::size_t steps = dice.roll(4); steps > 0; --steps) {
        if (dice.roll(2) == 0) {
            path.push_back({{}, static_cast<std::uint32_t>(dice.roll(3)), true});
        } else {
            path.push_back({dice.pick(names), 0, false});
        }
    }
    return path;
}

}  // namespace

TEST_CASE("Update: random updates of lists agree with the model", "[apply]") {
    for (std::uint32_t seed = 1; seed <= 3000; ++seed) {
        Dice dice(seed);
        const ListUpdate each = random_list_update(dice);
        INFO("seed " << seed << ": " << list_json(each.members) << " " << each.text);
        Request request("", each.values);
        const auto update = request.update(each.text);
        REQUIRE(fault(update) == "");
        const std::string item = encoded_item(list_json(each.members));
        const auto result = apply(*update, storage::ItemView(item), storage::ItemView());
        REQUIRE(fault(result) == "");
        const std::string encoded = storage::encode(*result);
        REQUIRE(shown(storage::ItemView(encoded)) == list_json(each.result));
    }
}

TEST_CASE("Evaluate: a random condition never agrees with its negation", "[evaluate]") {
    std::size_t bound_count = 0;
    for (std::uint32_t seed = 1; seed <= 6000; ++seed) {
        Dice dice(seed);
        const std::string text = random_condition(dice, 3);
        const std::string item_json = random_item(dice);
        INFO("seed " << seed << ": " << text << " on " << item_json);
        Request request("", "{':s':{'S':'x'},':n':{'N':'2'},':t':{'S':'xx'}}");
        const auto plain = request.condition(text);
        const auto negated =
            request.condition("NOT (" + text.substr(text[0] == '(', text.size() - 2 * (text[0] == '(')) + ")");
        REQUIRE(fault(plain) == fault(negated));
        if (!plain) continue;
        ++bound_count;
        const std::string item = encoded_item(item_json);
        for (const storage::ItemView view : {storage::ItemView(item), storage::ItemView()}) {
            REQUIRE(evaluate(*plain, view) != evaluate(*negated, view));
        }
    }
    CHECK(bound_count > 2000);
}

TEST_CASE("Project: random paths agree with the model", "[project]") {
    std::size_t kept_count = 0;
    for (std::uint32_t seed = 1; seed <= 4000; ++seed) {
        Dice dice(seed);
        const std::string item_json = random_item(dice);
        std::vector<ResolvedPath> paths;
        for (std::size_t count = 1 + dice.roll(5); count > 0; --count) paths.push_back(random_path(dice));
        INFO("seed " << seed << ": " << item_json);
        const std::string item = encoded_item(item_json);
        storage::Item model;
        for (const auto& [name, value] : decode(storage::ItemView(item))) {
            if (auto part = kept(value, {{name, 0, false}}, paths)) model.set(name, std::move(*part));
        }
        kept_count += !model.empty();
        REQUIRE(project(paths, storage::ItemView(item)) == storage::encode(model));
    }
    CHECK(kept_count > 1000);
}

}  // namespace minamo
