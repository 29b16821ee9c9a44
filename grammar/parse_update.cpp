// Updates: the actions of rules::update_text, the parse, and sections written twice.
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grammar/expression_text.hpp"
#include "grammar/keywords.hpp"

namespace minamo::grammar {
namespace {

std::string_view section_name(Kind kind) {
    switch (kind) {
        case Kind::kw_set:
            return keywords::set;
        case Kind::kw_remove:
            return keywords::remove;
        case Kind::kw_add:
            return keywords::add;
        case Kind::kw_delete:
            return keywords::delete_;
        default:
            return {};
    }
}

// The first keyword that was there before.
Fault find_repeated_section(const Tokens& tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string_view section = section_name(tokens.kind(i));
        if (section.empty() || tokens.kinds.find(tokens.kinds[i]) == i) continue;
        return SyntaxError{
            std::string("The \"").append(section).append("\" section can only be used once in an update expression;")};
    }
    return std::nullopt;
}

class UpdateBuilder : public OperandBuilder {
public:
    using OperandBuilder::OperandBuilder;
    static constexpr ExpressionKind kind = ExpressionKind::update;

    void add_sign(std::size_t token) {
        arithmetic_ = tokens().kind(token) == Kind::plus ? Arithmetic::plus : Arithmetic::minus;
    }

    // A value has one sum at most, so that one sign is all there is to remember.
    void add_set() {
        Operand value = take();
        if (const auto sign = std::exchange(arithmetic_, std::nullopt)) {
            Operand left = take();
            value = std::make_unique<const Sum>(Sum{*sign, std::move(left), std::move(value)});
        }
        actions_.emplace_back(SetAction{take_path(), std::move(value)});
    }

    void add_remove() { actions_.emplace_back(RemoveAction{take_path()}); }

    // ADD or DELETE.
    template <class Action>
    void add_valued() {
        Operand value = take();
        actions_.emplace_back(Action{take_path(), std::move(value)});
    }

    Fault check_sections() const { return find_repeated_section(tokens()); }

    UpdateExpression take_tree() { return {std::move(actions_), take_placeholders()}; }

private:
    std::vector<UpdateAction> actions_;
    std::optional<Arithmetic> arithmetic_;
};

template <class Rule>
struct Build : BuildOperand<Rule> {};

template <>
struct Build<rules::sign> {
    template <class Input>
    static void apply(const Input& in, UpdateBuilder& builder) {
        builder.add_sign(builder.token_at(in.begin()));
    }
};

template <void (UpdateBuilder::*member)()>
struct BuildWith {
    static void apply0(UpdateBuilder& builder) { (builder.*member)(); }
};

template <>
struct Build<rules::set_action> : BuildWith<&UpdateBuilder::add_set> {};
template <>
struct Build<rules::remove_action> : BuildWith<&UpdateBuilder::add_remove> {};
template <>
struct Build<rules::add_action> : BuildWith<&UpdateBuilder::add_valued<AddAction>> {};
template <>
struct Build<rules::delete_action> : BuildWith<&UpdateBuilder::add_valued<DeleteAction>> {};

}  // namespace

Parsed<UpdateExpression> parse_update(std::string_view text) {
    return parse_expression_text<rules::update_text, Build, UpdateBuilder>(text);
}

}  // namespace minamo::grammar
