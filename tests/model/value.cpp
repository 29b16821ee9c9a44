// Numbers are added digit by digit on padded texts, as one does on paper.
#include "tests/model/value.hpp"

#include <algorithm>
#include <utility>

namespace minamo::model {
namespace {

constexpr std::size_t digits_max = 38;
constexpr int point_max = 126;   // 9.99E125 is 0.999 x 10^126
constexpr int point_min = -129;  // 1E-130 is 0.1 x 10^-129

Number trimmed(Number number) {
    const std::size_t first = number.digits.find_first_not_of('0');
    if (first == std::string::npos) return {};
    number.digits.erase(0, first);
    number.point -= static_cast<int>(first);
    number.digits.erase(number.digits.find_last_not_of('0') + 1);
    return number;
}

int sign(int order) {
    return (order > 0) - (order < 0);
}

int compare_absolute(const Number& a, const Number& b) {
    if (a.digits.empty() || b.digits.empty()) return static_cast<int>(!a.digits.empty()) - !b.digits.empty();
    if (a.point != b.point) return a.point < b.point ? -1 : 1;
    return sign(a.digits.compare(b.digits));
}

// All digits between two powers of ten.
std::string padded(const Number& number, int top, int bottom) {
    std::string out(static_cast<std::size_t>(top - number.point), '0');
    out += number.digits;
    out.resize(static_cast<std::size_t>(top - bottom), '0');
    return out;
}

int digit(char c) {
    return c - '0';
}

Number add_absolute(const Number& a, const Number& b) {
    const int top = std::max(a.point, b.point) + 1;
    const int bottom =
        std::min(a.point - static_cast<int>(a.digits.size()), b.point - static_cast<int>(b.digits.size()));
    const std::string left = padded(a, top, bottom);
    const std::string right = padded(b, top, bottom);
    Number out{false, std::string(left.size(), '0'), top};
    int carry = 0;
    for (std::size_t i = left.size(); i-- > 0;) {
        const int total = digit(left[i]) + digit(right[i]) + carry;
        out.digits[i] = static_cast<char>('0' + total % 10);
        carry = total / 10;
    }
    return trimmed(out);
}

// a >= b.
Number subtract_absolute(const Number& a, const Number& b) {
    const int top = std::max(a.point, b.point);
    const int bottom =
        std::min(a.point - static_cast<int>(a.digits.size()), b.point - static_cast<int>(b.digits.size()));
    const std::string left = padded(a, top, bottom);
    const std::string right = padded(b, top, bottom);
    Number out{false, std::string(left.size(), '0'), top};
    int borrow = 0;
    for (std::size_t i = left.size(); i-- > 0;) {
        const int total = digit(left[i]) - digit(right[i]) - borrow;
        out.digits[i] = static_cast<char>('0' + (total + 10) % 10);
        borrow = total < 0;
    }
    return trimmed(out);
}

constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(const std::string& bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned group = 0;
        const std::size_t taken = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8 | (k < taken ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) out += k <= taken ? alphabet[group >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

std::string from_base64(const std::string& text) {
    std::string out;
    unsigned bits = 0;
    int held = 0;
    for (const char c : text) {
        if (c == '=') break;
        bits = bits << 6 | static_cast<unsigned>(std::string(alphabet).find(c));
        held += 6;
        if (held >= 8) out += static_cast<char>(bits >> (held -= 8) & 255);
    }
    return out;
}

const std::map<std::string, Type>& types() {
    static const std::map<std::string, Type> all = {
        {"S", Type::S},   {"N", Type::N},   {"B", Type::B},   {"BOOL", Type::BOOL}, {"NULL", Type::NUL},
        {"SS", Type::SS}, {"NS", Type::NS}, {"BS", Type::BS}, {"L", Type::L},       {"M", Type::M}};
    return all;
}

std::string plain(const Value& value) {
    if (value.type == Type::B) return json_string(base64(value.text));
    if (value.type != Type::N) return json_string(value.text);
    // Every few numbers are sent in another spelling: the answer must be canonical all the same.
    return json_string(value.number.digits.size() % 3 == 2 ? value.number.scientific() : value.number.text());
}

std::string joined(const std::vector<Value>& list, bool typed) {
    std::string out = "[";
    for (const Value& element : list) {
        if (out.size() > 1) out += ',';
        out += typed ? to_json(element) : plain(element);
    }
    return out + "]";
}

Value read_scalar(Type type, const std::string& text) {
    if (type == Type::S) return Value::string(text);
    if (type == Type::B) return Value::binary(from_base64(text));
    Value value = Value::decimal(text);
    if (value.number.text() != text) throw Mismatch("the number " + text + " is not canonical");
    return value;
}

Value read_set(Type type, const rapidjson::Value& json) {
    const Type member = type == Type::SS ? Type::S : type == Type::NS ? Type::N : Type::B;
    std::vector<Value> members;
    for (const auto& each : json.GetArray()) members.push_back(read_scalar(member, each.GetString()));
    Value out = Value::set(type, members);
    if (out.list.size() != members.size()) throw Mismatch("a set with repeated members");
    return out;
}

}  // namespace

Number Number::parse(const std::string& text) {
    Number out;
    std::size_t at = 0;
    if (text[at] == '-' || text[at] == '+') out.negative = text[at++] == '-';
    bool fraction = false;
    for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
        if (text[at] == '.') {
            fraction = true;
            continue;
        }
        out.digits += text[at];
        out.point += !fraction;
    }
    if (at < text.size()) out.point += std::stoi(text.substr(at + 1));
    return trimmed(out);
}

std::string Number::text() const {
    if (digits.empty()) return "0";
    const auto size = static_cast<int>(digits.size());
    std::string out = negative ? "-" : "";
    if (point <= 0) return out + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    if (point >= size) return out + digits + std::string(static_cast<std::size_t>(point - size), '0');
    return out + digits.substr(0, static_cast<std::size_t>(point)) + "." +
           digits.substr(static_cast<std::size_t>(point));
}

std::string Number::scientific() const {
    if (digits.empty()) return "-0.00";
    return (negative ? "-" : "+") + digits + "E" + std::to_string(point - static_cast<int>(digits.size()));
}

int compare(const Number& a, const Number& b) {
    if (a.negative != b.negative) return a.negative ? -1 : 1;
    return a.negative ? compare_absolute(b, a) : compare_absolute(a, b);
}

std::optional<Number> sum(const Number& a, Number b, bool subtract) {
    if (b.digits.empty()) return a;
    if (subtract) b.negative = !b.negative;
    if (a.digits.empty()) return b;
    Number out;
    if (a.negative == b.negative) {
        out = add_absolute(a, b);
        out.negative = a.negative;
    } else if (const int order = compare_absolute(a, b); order != 0) {
        out = order > 0 ? subtract_absolute(a, b) : subtract_absolute(b, a);
        out.negative = order > 0 ? a.negative : b.negative;
    }
    if (out.digits.empty()) return Number();
    if (out.digits.size() > digits_max || out.point > point_max || out.point < point_min) return std::nullopt;
    return out;
}

const char* type_name(Type type) {
    for (const auto& [name, each] : types()) {
        if (each == type) return name.c_str();
    }
    return "";
}

Value Value::string(std::string text) {
    Value out;
    out.type = Type::S;
    out.text = std::move(text);
    return out;
}

Value Value::binary(std::string bytes) {
    Value out = string(std::move(bytes));
    out.type = Type::B;
    return out;
}

Value Value::of_number(Number number) {
    Value out;
    out.type = Type::N;
    out.number = std::move(number);
    return out;
}

Value Value::decimal(const std::string& text) {
    return of_number(Number::parse(text));
}

Value Value::boolean(bool flag) {
    Value out;
    out.type = Type::BOOL;
    out.text = flag ? "true" : "false";
    return out;
}

Value Value::set(Type type, std::vector<Value> members) {
    Value out;
    out.type = type;
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    out.list = std::move(members);
    return out;
}

bool is_set(Type type) {
    return type == Type::SS || type == Type::NS || type == Type::BS;
}

int compare(const Value& a, const Value& b) {
    if (a.type != b.type) return a.type < b.type ? -1 : 1;
    if (a.type == Type::N) return compare(a.number, b.number);
    if (a.type == Type::M) return compare(a.fields, b.fields);
    if (a.type != Type::L && !is_set(a.type)) return sign(a.text.compare(b.text));
    for (std::size_t i = 0; i < std::min(a.list.size(), b.list.size()); ++i) {
        if (const int order = compare(a.list[i], b.list[i])) return order;
    }
    return (a.list.size() > b.list.size()) - (a.list.size() < b.list.size());
}

int compare(const Item& a, const Item& b) {
    auto x = a.begin();
    auto y = b.begin();
    for (; x != a.end() && y != b.end(); ++x, ++y) {
        if (const int order = x->first.compare(y->first)) return sign(order);
        if (const int order = compare(x->second, y->second)) return order;
    }
    return static_cast<int>(x != a.end()) - (y != b.end());
}

bool operator==(const Value& a, const Value& b) {
    return compare(a, b) == 0;
}

bool operator<(const Value& a, const Value& b) {
    return compare(a, b) < 0;
}

std::string json_string(const std::string& text) {
    constexpr char hex[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += std::string("\\u00") + hex[c >> 4] + hex[c & 15];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string to_json(const Value& value) {
    std::string out = std::string("{\"") + type_name(value.type) + "\":";
    if (value.type == Type::NUL) return out + "true}";
    if (value.type == Type::BOOL) return out + value.text + "}";
    if (value.type == Type::M) return out + to_json(value.fields) + "}";
    if (value.type == Type::L || is_set(value.type)) return out + joined(value.list, value.type == Type::L) + "}";
    return out + plain(value) + "}";
}

std::string to_json(const Item& item) {
    std::string out = "{";
    for (const auto& [name, value] : item) {
        if (out.size() > 1) out += ',';
        out += json_string(name) + ":" + to_json(value);
    }
    return out + "}";
}

Value read_value(const rapidjson::Value& json) {
    const auto& member = *json.MemberBegin();
    const auto found = types().find(member.name.GetString());
    if (json.MemberCount() != 1 || found == types().end()) throw Mismatch("an attribute value without one type");
    const Type type = found->second;
    if (is_set(type)) return read_set(type, member.value);
    Value out;
    out.type = type;
    if (type == Type::BOOL) return Value::boolean(member.value.GetBool());
    if (type == Type::M) out.fields = read_item(member.value);
    if (type == Type::S || type == Type::N || type == Type::B) {
        return read_scalar(type, {member.value.GetString(), member.value.GetStringLength()});
    }
    if (type == Type::L) {
        for (const auto& each : member.value.GetArray()) out.list.push_back(read_value(each));
    }
    return out;
}

Item read_item(const rapidjson::Value& json) {
    Item out;
    for (const auto& member : json.GetObject()) {
        const std::string name(member.name.GetString(), member.name.GetStringLength());
        if (!out.emplace(name, read_value(member.value)).second) throw Mismatch("the attribute " + name + " twice");
    }
    return out;
}

}  // namespace minamo::model
