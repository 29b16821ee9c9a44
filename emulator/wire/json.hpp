// JSON in and out. Reading: RapidJSON into one arena, iterative, UTF-8 checked, with a cap on depth. Writing: straight
// into a string.
//
// Of duplicate members the last counts; whoever walks an object keeps that rule.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <rapidjson/document.h>

namespace minamo::json {

using Value = rapidjson::Value;

inline std::string_view text(const Value& value) {
    return {value.GetString(), value.GetStringLength()};
}

// The last member of this name, or null; JSON null counts as absent.
const Value* find(const Value& object, std::string_view name);

// A value as compact JSON text.
std::string to_text(const Value& value);

// A parsed text and the arena that holds it. Reusable: parse() drops what was there and keeps the arena's first block.
class Document {
public:
    Document();
    ~Document();
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    // Null where the text is not JSON: malformed, not UTF-8, a lone surrogate, a number beyond a double, nested deeper
    // than depth_max, or followed by anything but blanks. The value lives until the next parse().
    const Value* parse(std::string_view text);

    static constexpr int depth_max = 1000;

private:
    struct State;
    State* state_;
};

// Appends JSON to a string. Commas and colons are put where they belong; the caller balances begin and end.
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    void begin_object();
    void end_object();
    void begin_array();
    void end_array();
    void key(std::string_view name);
    void string(std::string_view text);
    void integer(std::int64_t number);
    void real(double number);  // finite; the shortest form that reads back the same, with a point or an exponent
    void boolean(bool flag);
    void null();
    void raw(std::string_view json);  // a value that is JSON already

    void member(std::string_view name, std::string_view text) {
        key(name);
        string(text);
    }
    void member(std::string_view name, const char* text) {
        key(name);
        string(text);
    }
    void member(std::string_view name, std::int64_t number) {
        key(name);
        integer(number);
    }
    void member(std::string_view name, bool flag) {
        key(name);
        boolean(flag);
    }

    std::string& out() { return out_; }
    // Drops what was written.
    void restart() {
        out_.clear();
        comma_ = false;
    }

private:
    void separate();
    std::string& out_;
    bool comma_ = false;  // a value stands before the next one in the same container
};

// Appends a number with a point, "1.0", or an exponent: without one where people would write none.
void append_real(std::string& out, double number);

// Appends a JSON string literal, quotes included.
void append_string(std::string& out, std::string_view text);

}  // namespace minamo::json
