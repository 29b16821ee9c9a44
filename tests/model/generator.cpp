// Attributes have usual types, so that operations on them mostly work, and now and then another one.
#include "tests/model/generator.hpp"

#include <algorithm>
#include <map>

namespace minamo::model {
namespace {

const std::vector<std::string> free_attributes = {"num1", "num2", "txt1", "lst1", "map1",
                                                  "bag1", "any1", "size", "a.b"};

const std::vector<std::string> texts = {"",
                                        "a",
                                        "ab",
                                        "abc",
                                        "b",
                                        "ab\x01",
                                        "\xC3\xA9",
                                        "ac",
                                        "aab",
                                        "a b",
                                        "A",
                                        "\xEF\xBF\xBF",
                                        "\xF0\x9F\x98\x80",
                                        "ab\xF0\x9F\x98\x80"};

const std::vector<std::string> bytes = {"",     "a",        "ab",    std::string(1, '\0'), std::string("a\0", 2),
                                        "\xFF", "\xFF\xFF", "a\xFF", "a\xFF\xFF",          std::string("a\0b", 3)};

// Some are the beginning of others, with either sign.
// clang-format off
const std::vector<std::string> numbers = {
    "0", "1", "-1", "2", "-2", "9", "10", "-10", "99", "-99", "100", "0.5", "-0.5", "1.5", "-1.5", "0.05", "-0.05",
    "1.2", "1.25", "-1.2", "-1.25", "12", "13", "-12", "-13", "1e20", "-1e20", "1e-100", "-1e-100", "9999999999",
    "123456789012345678901234567890", "99999999999999999999999999999999999999",
    "-99999999999999999999999999999999999999", "9.9e125", "1e-130"};
// clang-format on

// Longer than LMDB's keys, alike for hundreds of bytes.
std::string long_text(Random& random, std::size_t bytes_max) {
    const std::size_t lengths[] = {490, 505, 511, 512, 520, 600, bytes_max};
    std::string out(lengths[random.below(7)], 'k');
    if (random.chance(50)) out.back() = 'j';
    if (random.chance(30)) out[random.below(out.size())] = 'l';
    return out;
}

Type random_key_type(Random& random) {
    return random.pick(std::vector<Type>{Type::S, Type::S, Type::N, Type::N, Type::B});
}

Path with(Path path, Element element) {
    path.push_back(std::move(element));
    return path;
}

}  // namespace

std::uint64_t Random::next() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
    return mixed ^ mixed >> 31;
}

Value Generator::scalar(Type type) {
    if (type == Type::N) return Value::decimal(random_.pick(numbers));
    if (type == Type::B) return Value::binary(random_.pick(bytes));
    if (type == Type::BOOL) return Value::boolean(random_.chance(50));
    if (type == Type::NUL) return {};
    return Value::string(random_.pick(texts));
}

Value Generator::value(std::size_t depth) {
    const auto type = static_cast<Type>(random_.below(depth == 0 ? 8 : 10));
    if (type < Type::SS) return scalar(type);
    const std::size_t count = random_.below(4);
    Value out;
    out.type = type;
    if (type == Type::L) {
        for (std::size_t i = 0; i < count; ++i) out.list.push_back(value(depth - 1));
        return out;
    }
    if (type == Type::M) {
        for (std::size_t i = 0; i < count; ++i) {
            out.fields[random_.pick(std::vector<std::string>{"x1", "y1", "z.1"})] = value(depth - 1);
        }
        return out;
    }
    std::vector<Value> members;
    const Type member = type == Type::SS ? Type::S : type == Type::NS ? Type::N : Type::B;
    for (std::size_t i = 0; i <= count; ++i) members.push_back(scalar(member));
    return Value::set(type, members);
}

Value Generator::usual_value(const std::string& attribute) {
    static const std::map<std::string, std::vector<Type>> usual = {{"num1", {Type::N}},
                                                                   {"num2", {Type::N}},
                                                                   {"size", {Type::N}},
                                                                   {"txt1", {Type::S, Type::S, Type::B}},
                                                                   {"lst1", {Type::L}},
                                                                   {"map1", {Type::M}},
                                                                   {"bag1", {Type::SS, Type::NS, Type::BS}}};
    const auto found = usual.find(attribute);
    if (found == usual.end() || random_.chance(12)) return value();
    const Type type = random_.pick(found->second);
    if (type < Type::SS) return scalar(type);
    if (type == Type::L && random_.chance(50)) {
        Value out;
        out.type = Type::L;
        for (std::size_t i = 0; i < 5; ++i) out.list.push_back(scalar(Type::N));
        return out;
    }
    for (;;) {
        if (Value drawn = value(); drawn.type == type) return drawn;
    }
}

Value Generator::key_value(const KeyPart& part) {
    const bool hash = part.name == shape_.keys.hash.name;
    if (hash) {  // few partitions
        if (part.type == Type::N) return Value::decimal(std::vector<std::string>{"1", "-1", "10"}[random_.below(3)]);
        const std::string text = std::vector<std::string>{"a", "ab", "b"}[random_.below(3)];
        return part.type == Type::S ? Value::string(text) : Value::binary(text);
    }
    if (part.type != Type::N && random_.chance(12)) {
        const std::string text = long_text(random_, 1024);
        return part.type == Type::S ? Value::string(text) : Value::binary(text);
    }
    for (;;) {
        Value drawn = scalar(part.type);
        if (part.type == Type::N || !drawn.text.empty()) return drawn;
    }
}

Item Generator::key() {
    Item out;
    out[shape_.keys.hash.name] = key_value(shape_.keys.hash);
    if (shape_.keys.sort) out[shape_.keys.sort->name] = key_value(*shape_.keys.sort);
    return out;
}

Item Generator::item() {
    Item out;
    for (const std::string& name : free_attributes) {
        if (random_.chance(40)) out[name] = usual_value(name);
    }
    for (const Index& index : shape_.indexes) {
        for (const auto& part : {std::optional(index.keys.hash), index.keys.sort}) {
            if (!part || !random_.chance(75)) continue;
            out[part->name] = key_value(*part);
            if (faulty_ && random_.chance(1)) out[part->name] = value();
        }
    }
    for (auto& [name, part] : key()) out[name] = part;
    if (faulty_ && random_.chance(1)) out.erase(shape_.keys.hash.name);
    return out;
}

std::string Generator::attribute() {
    if (!attributes_.empty()) return random_.pick(attributes_);
    if (random_.chance(80)) return random_.pick(free_attributes);
    const Index& index = random_.pick(shape_.indexes);
    return index.keys.sort && random_.chance(50) ? index.keys.sort->name : index.keys.hash.name;
}

Path Generator::path() {
    Path out = {attribute()};
    const auto& root = std::get<std::string>(out[0]);
    const bool list = root == "lst1";
    if (!list && root != "map1" && root != "any1") return out;
    while (out.size() < 4 && random_.chance(50)) {
        if (random_.chance(list == (out.size() == 1) ? 80 : 25)) {
            out = with(out, random_.below(4));
        } else {
            out = with(out, random_.pick(std::vector<std::string>{"x1", "y1", "z.1"}));
        }
    }
    return out;
}

Paths Generator::elements() {
    Paths out;
    const std::size_t count = 2 + random_.below(2);
    while (out.size() < count) {
        const Path drawn = {"lst1", random_.below(5)};
        if (std::find(out.begin(), out.end(), drawn) == out.end()) out.push_back(drawn);
    }
    return out;
}

Operand Generator::constant(const Path& near) {
    Operand out;
    out.kind = Operand::Kind::value;
    const auto& root = std::get<std::string>(near[0]);
    for (const Index& index : shape_.indexes) {
        for (const auto& part : {std::optional(index.keys.hash), index.keys.sort}) {
            if (part && part->name == root && random_.chance(95)) {
                out.value = key_value(*part);
                return out;
            }
        }
    }
    out.value = near.size() == 1 ? usual_value(root) : value(1);
    return out;
}

Operand Generator::operand(const Path& near) {
    if (random_.chance(75)) return constant(near);
    Operand out;
    out.path = path();
    return out;
}

Condition Generator::leaf() {
    using Kind = Condition::Kind;
    Condition out;
    out.kind = static_cast<Kind>(random_.below(8));
    Operand first;
    first.path = path();
    if (out.kind == Kind::compare && random_.chance(20)) {
        first.kind = Operand::Kind::size;
        Operand second;
        second.kind = Operand::Kind::value;
        second.value = Value::decimal(std::to_string(random_.below(5)));
        out.operands = {first, second};
    } else if (out.kind == Kind::exists || out.kind == Kind::not_exists) {
        out.operands = {first};
    } else if (out.kind == Kind::has_type) {
        Operand second;
        second.kind = Operand::Kind::value;
        second.value = Value::string(type_name(static_cast<Type>(random_.below(10))));
        out.operands = {first, second};
    } else if (out.kind == Kind::contains) {
        Operand second = operand(first.path);
        if (second.kind == Operand::Kind::value && random_.chance(70)) second.value = value(1);
        out.operands = {first, second};
    } else {
        out.operands = {first, operand(first.path)};
    }
    if (out.kind == Kind::compare) {
        out.comparator = std::vector<std::string>{"=", "<>", "<", "<=", ">", ">="}[random_.below(6)];
    }
    if (out.kind == Kind::between || (out.kind == Kind::in && random_.chance(60))) {
        out.operands.push_back(operand(first.path));
        auto& bounds = out.operands;
        const bool values = bounds[1].kind == Operand::Kind::value && bounds[2].kind == Operand::Kind::value;
        if (values && bounds[2].value < bounds[1].value && random_.chance(90)) std::swap(bounds[1], bounds[2]);
    }
    return out;
}

Condition Generator::condition(std::size_t depth) {
    using Kind = Condition::Kind;
    if (depth == 0 || random_.chance(50)) {
        Condition out = leaf();
        while (!well_formed(out) && !random_.chance(4)) out = leaf();
        return out;
    }
    Condition out;
    out.kind = std::vector<Kind>{Kind::negation, Kind::all, Kind::any}[random_.below(3)];
    const std::size_t count = out.kind == Kind::negation ? 1 : 2 + random_.below(2);
    for (std::size_t i = 0; i < count; ++i) out.parts.push_back(condition(depth - 1));
    return out;
}

Condition Generator::filter(const Index* index) {
    for (const std::string& name : free_attributes) {
        if (shape_.projects(index, name)) attributes_.push_back(name);
    }
    Condition out = condition();
    attributes_.clear();
    return out;
}

Action Generator::set_action(const Path& target) {
    Action out;
    out.target = target;
    const bool nested = target.size() > 1;
    const Path key = {shape_.keys.hash.name};
    const auto right = [&] {
        if (random_.chance(5)) return Operand{Operand::Kind::path, key, {}, {}};
        return nested ? constant(target) : operand(target);
    };
    Operand list;
    list.kind = Operand::Kind::list_append;
    Operand fallback;
    fallback.kind = Operand::Kind::if_not_exists;
    fallback.path = random_.chance(5) ? key : target;
    switch (random_.below(5)) {
        case 0:
            fallback.arguments = {constant(target)};
            out.operands = {fallback};
            break;
        case 1:
            list.arguments = {fallback, constant({"lst1"})};
            list.arguments[0].arguments = {constant({"lst1"})};
            if (random_.chance(50)) std::swap(list.arguments[0], list.arguments[1]);
            out.operands = {list};
            break;
        case 2:
            out.kind = random_.chance(50) ? Action::Kind::plus : Action::Kind::minus;
            fallback.arguments = {constant({"num1"})};
            if (random_.chance(50)) fallback = {Operand::Kind::path, {"num1"}, {}, {}};
            out.operands = {fallback, constant({"num1"})};
            if (random_.chance(30)) std::swap(out.operands[0], out.operands[1]);
            break;
        default:
            out.operands = {right()};
    }
    return out;
}

Action Generator::action() {
    const Path target = path();
    const auto& root = std::get<std::string>(target[0]);
    const bool is_free = std::find(free_attributes.begin(), free_attributes.end(), root) != free_attributes.end();
    Action out;
    out.target = target;
    if (!is_free) {  // an index key
        if (random_.chance(25)) {
            out.kind = Action::Kind::remove;
            return out;
        }
        out.operands = {constant(target)};
        if (faulty_ && random_.chance(10)) out.operands[0] = operand(target);
        if (faulty_) return out;
        for (const Index& index : shape_.indexes) {
            if (index.keys.hash.name == root) out.operands[0].value = key_value(index.keys.hash);
            if (index.keys.sort && index.keys.sort->name == root) out.operands[0].value = key_value(*index.keys.sort);
        }
        return out;
    }
    const std::size_t kind = random_.below(10);
    if (kind < 5) return set_action(target);
    if (kind < 7) {
        out.kind = Action::Kind::remove;
        return out;
    }
    out.kind = kind < 9 ? Action::Kind::add : Action::Kind::subtract;
    const bool number = kind == 7 && root != "bag1";
    out.operands = {constant({number ? "num1" : "bag1"})};
    return out;
}

// Several elements of one list set and removed.
Update Generator::list_update() {
    Update out;
    for (const Path& target : elements()) {
        Action each;
        each.target = target;
        each.kind = random_.chance(60) ? Action::Kind::remove : Action::Kind::set;
        if (each.kind == Action::Kind::set) each.operands = {constant(target)};
        out.push_back(each);
    }
    return out;
}

Update Generator::update() {
    if (random_.chance(15)) return list_update();
    for (;;) {
        Update out;
        const std::size_t count = 1 + random_.below(4);
        for (std::size_t i = 0; i < count; ++i) out.push_back(action());
        const auto& keys = shape_.key_names(nullptr);
        const bool touches_key = std::any_of(out.begin(), out.end(), [&](const Action& each) {
            return keys.contains(std::get<std::string>(each.target[0]));
        });
        if ((well_formed(out) && !touches_key) || (faulty_ && random_.chance(3))) return out;
    }
}

Paths Generator::projection(const Index* index) {
    if (shape_.projects(index, "lst1") && random_.chance(15)) return elements();
    for (;;) {
        Paths out;
        const std::size_t count = 1 + random_.below(4);
        for (std::size_t i = 0; i < count; ++i)
            out.push_back(random_.chance(15) ? Path{shape_.keys.hash.name} : path());
        const bool held = std::all_of(out.begin(), out.end(), [&](const Path& each) {
            return shape_.projects(index, std::get<std::string>(each[0]));
        });
        if ((well_formed(out) && (held || random_.chance(20))) || random_.chance(1)) return out;
    }
}

Shape random_shape(Random& random, const std::string& name) {
    Shape out;
    out.name = name;
    out.keys.hash = {"pk", random_key_type(random)};
    if (random.chance(75)) out.keys.sort = KeyPart{"sk", random_key_type(random)};
    const KeyPart a{"ka", random_key_type(random)};
    const KeyPart b{"kb", random_key_type(random)};
    const KeyPart c{"kc", random_key_type(random)};
    if (out.keys.sort) {
        out.indexes.push_back({"local", {out.keys.hash, a}, true, "", {}});
        out.indexes.push_back({"inverted", {*out.keys.sort, out.keys.hash}, false, "", {}});
    } else {
        out.indexes.push_back({"hash.only", {a, std::nullopt}, false, "", {}});
        out.indexes.push_back({"by-table", {c, out.keys.hash}, false, "", {}});
    }
    out.indexes.push_back({"global", {b, random.chance(70) ? std::optional(c) : std::nullopt}, false, "", {}});
    for (Index& index : out.indexes) {
        index.projection = std::vector<std::string>{"KEYS_ONLY", "INCLUDE", "ALL"}[random.below(3)];
        if (index.projection == "INCLUDE") index.included = {"num1", random.chance(50) ? "map1" : "txt1"};
    }
    return out;
}

}  // namespace minamo::model
