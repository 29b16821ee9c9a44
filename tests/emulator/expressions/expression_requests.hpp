// What tests of expressions write requests with: JSON in single quotes, so that it reads well inside C++, and
// expressions bound to names and values in one line.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "emulator/expressions/expressions.hpp"
#include "emulator/wire/deployment.hpp"
#include "emulator/wire/input.hpp"
#include "emulator/wire/json.hpp"

namespace minamo {

// JSON whose strings may stand in single quotes. Lives as long as what borrows from it.
class Json {
public:
    explicit Json(std::string_view text);
    const json::Value& value() const { return *value_; }
    // Null where the text was empty: a member that is absent.
    const json::Value* pointer() const { return value_; }
    Input input() const { return Input(*value_); }

private:
    std::string text_;
    std::unique_ptr<json::Document> document_;
    const json::Value* value_ = nullptr;
};

// An item of a test, encoded; "" is no item.
std::string encoded_item(std::string_view json);
std::string encoded_value(std::string_view json);

// An item as JSON in single quotes.
std::string shown(storage::ItemView item);
std::string shown(storage::ValueView value);

// One request's expressions, bound. Empty texts are absent members.
class Request {
public:
    explicit Request(std::string_view names = "", std::string_view values = "");

    Substitutions& substitutions() { return substitutions_; }
    Result<BoundCondition> condition(std::string_view text) {
        return bind_condition(ConditionKind::condition, text, substitutions_);
    }
    Result<BoundUpdate> update(std::string_view text) { return bind_update(text, substitutions_); }
    Result<BoundProjection> projection(std::string_view text) { return bind_projection(text, substitutions_); }

private:
    Json names_;
    Json values_;
    Substitutions substitutions_;
};

// The message of a result, or "" where it succeeded.
template <class T>
std::string fault(const Result<T>& result) {
    return result ? std::string() : result.error()->message;
}

// The same as older deployments say it.
template <class T>
std::string classic_fault(const Result<T>& result) {
    if (result) return {};
    Error error = result.error();
    word_classic(error);
    return error->message;
}

}  // namespace minamo
