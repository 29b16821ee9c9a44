// Placeholders get their slots here, in the order of the text.
#include "grammar/operand_builder.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <memory>
#include <utility>

#include "grammar/functions.hpp"

namespace minamo::grammar {
namespace {

// The slot of `text` in `texts`, at the end if it is new. Texts are few: an expression has at most 4 KiB.
std::uint16_t slot_of(std::vector<std::string>& texts, std::string_view text) {
    const auto found = std::find(texts.begin(), texts.end(), text);
    const auto slot = static_cast<std::uint16_t>(found - texts.begin());
    if (found == texts.end()) texts.emplace_back(text);
    return slot;
}

// 0 for an index that is out of range, which check_limits refuses.
std::uint32_t index_of(std::string_view digits) {
    std::uint32_t index = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    return result.ec == std::errc() ? index : 0;
}

Operand to_operand(std::variant<Path, ValueSlot, Function>&& pending) {
    if (auto* path = std::get_if<Path>(&pending)) return std::move(*path);
    if (auto* value = std::get_if<ValueSlot>(&pending)) return *value;
    return std::make_unique<const Function>(std::get<Function>(std::move(pending)));
}

}  // namespace

void OperandBuilder::add_path(std::size_t first, std::size_t end) {
    Path path;
    path.elements.reserve((end - first + 1) / 2);  // after the first, an element takes two tokens or three
    for (std::size_t i = first; i < end; ++i) {
        const Kind kind = tokens_.kind(i);
        if (kind == Kind::name || kind == Kind::name_slot || kind == Kind::number) {
            path.elements.push_back(path_element(i));
        }
    }
    pending_.push_back({first, std::move(path)});
}

PathElement OperandBuilder::path_element(std::size_t token) {
    const std::string_view text = tokens_.text_of(token);
    switch (tokens_.kind(token)) {
        case Kind::name_slot:
            return NameSlot{slot_of(placeholders_.names, text)};
        case Kind::number:
            return ListIndex{index_of(text)};
        default:
            return std::string(text);
    }
}

void OperandBuilder::add_value(std::size_t token) {
    pending_.push_back({token, ValueSlot{slot_of(placeholders_.values, tokens_.text_of(token))}});
}

void OperandBuilder::add_call(std::size_t first) {
    Function function;
    function.name = function_named(tokens_.text_of(first)).value_or(FunctionName{});
    function.arguments = take_from(first);
    pending_.push_back({first, std::move(function)});
}

Operand OperandBuilder::take() {
    Operand operand = to_operand(std::move(pending_.back().operand));
    pending_.pop_back();
    return operand;
}

Path OperandBuilder::take_path() {
    Path path = std::get<Path>(std::move(pending_.back().operand));
    pending_.pop_back();
    return path;
}

Function OperandBuilder::take_call() {
    Function function = std::get<Function>(std::move(pending_.back().operand));
    pending_.pop_back();
    return function;
}

std::vector<Operand> OperandBuilder::take_from(std::size_t first) {
    auto begin = pending_.end();
    while (begin != pending_.begin() && std::prev(begin)->first >= first) --begin;
    std::vector<Operand> operands;
    operands.reserve(static_cast<std::size_t>(pending_.end() - begin));
    for (auto pending = begin; pending != pending_.end(); ++pending) {
        operands.push_back(to_operand(std::move(pending->operand)));
    }
    pending_.erase(begin, pending_.end());
    return operands;
}

}  // namespace minamo::grammar
