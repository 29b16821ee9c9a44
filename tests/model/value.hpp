// The model's values: numbers as text arithmetic does them by hand, and everything that DynamoDB stores as one plain
// struct. Written apart from the emulator on purpose: it shares no code with what it is compared to.
#pragma once

#include <rapidjson/document.h>

#include <cstddef>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace minamo::model {

// What the emulator answered and the model did not expect. what() tells both.
class Mismatch : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// 0.digits x 10^point, with no zero at either end of the digits; zero has none.
struct Number {
    bool negative = false;
    std::string digits;
    int point = 0;

    static Number parse(const std::string& text);  // what DynamoDB takes as a number
    std::string text() const;                      // plain decimal, as DynamoDB answers it
    std::string scientific() const;                // the same number as an integer with an exponent
};

int compare(const Number& a, const Number& b);

// a + b, or a - b; nothing where DynamoDB could not store it.
std::optional<Number> sum(const Number& a, Number b, bool subtract);

enum class Type { S, N, B, BOOL, NUL, SS, NS, BS, L, M };

const char* type_name(Type type);  // "S" ... "M"

struct Value;
using Item = std::map<std::string, Value>;

struct Value {
    Type type = Type::NUL;
    std::string text;         // S, B; BOOL: "true" or "false"
    Number number;            // N
    std::vector<Value> list;  // L; SS, NS, BS: the members in order
    Item fields;              // M
    bool removed = false;     // an element of a list that an update takes out

    static Value string(std::string text);
    static Value binary(std::string bytes);
    static Value decimal(const std::string& text);
    static Value boolean(bool flag);
    static Value of_number(Number number);
    static Value set(Type type, std::vector<Value> members);  // sorts the members and drops repeated ones
};

bool is_set(Type type);

// A total order: by type, then by content. Within S, N and B it is DynamoDB's order; 0 is deep equality for all.
int compare(const Value& a, const Value& b);
int compare(const Item& a, const Item& b);
bool operator==(const Value& a, const Value& b);
bool operator<(const Value& a, const Value& b);

std::string json_string(const std::string& text);  // a JSON string
std::string to_json(const Value& value);
std::string to_json(const Item& item);
Value read_value(const rapidjson::Value& json);  // throws Mismatch where it is no canonical answer
Item read_item(const rapidjson::Value& json);

}  // namespace minamo::model
