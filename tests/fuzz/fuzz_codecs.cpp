// Fuzz target for the codecs of storage/: bytes taken as an item, as a table, and as pairs of sort values.
//
// Whatever valid_item lets pass must be readable through every view, and decode and encode to the same bytes; a catalog
// row likewise. Sort values taken from the bytes must have, as keys, the order that compare() gives them.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "storage/item_codec.hpp"
#include "storage/key_codec.hpp"
#include "storage/schema.hpp"

namespace {

using namespace minamo::storage;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "fuzz_codecs: %s\n", what);
    std::abort();
}

std::size_t walk(ValueView value) {
    switch (value.type()) {
        case Type::S:
        case Type::B:
            return value.text().size();
        case Type::N:
            require(Decimal::parse(value.number().to_string()) == value.number(), "a number does not read as printed");
            require(value.number().size_bytes() == value.size_bytes(), "a number has two sizes");
            return value.size_bytes();
        case Type::M: {
            std::size_t steps = 0;
            for (const auto& [name, member] : value.attributes()) {
                require(equal(value.find(name), member), "a member is not found");
                steps += walk(member);
            }
            return steps;
        }
        case Type::SS:
        case Type::NS:
        case Type::BS:
        case Type::L: {
            std::size_t steps = 0;
            for (const ValueView element : value.elements()) steps += walk(element);
            require(value.elements().size() == value.count(), "a count is wrong");
            return steps;
        }
        default:
            return 1;
    }
}

void fuzz_item(std::string_view bytes) {
    if (!valid_item(bytes)) return;
    const ItemView view(bytes);
    for (const auto& [name, value] : view.attributes()) {
        require(equal(view.find(name), value), "an attribute is not found");
        walk(value);
    }
    const Item item = decode(view);
    require(encode(item) == bytes, "an item has two encodings");
    require(size_bytes(item) == view.size_bytes(), "an item has two sizes");
}

void fuzz_table(std::string_view bytes) {
    try {
        const std::string again = encode(decode_table(bytes));
        const bool of_format_1 = again == std::string(bytes) + '\0';  // without the number of its stream, which is 0
        require(again == bytes || of_format_1, "a table has two encodings");
    } catch (const std::runtime_error&) {
        // Not a table.
    }
}

int sign(int order) {
    return (order > 0) - (order < 0);
}
int sign(std::strong_ordering order) {
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

void check_order(const AttributeValue& a, const AttributeValue& b) {
    const std::string left = encode(a);
    const std::string right = encode(b);
    const int expected = sign(*compare(ValueView(left), ValueView(right)));
    for (const SortForm form : {SortForm::plain, SortForm::ended}) {
        std::string left_key;
        std::string right_key;
        append_sort_value(left_key, ValueView(left), form);
        append_sort_value(right_key, ValueView(right), form);
        require(sign(left_key.compare(right_key)) == expected, "keys are not in the order of their values");
        if (form == SortForm::plain) continue;
        // What follows an ended value never mixes with it.
        left_key += '\xFF';
        require(expected == 0 || sign(left_key.compare(right_key)) == expected, "an ended value does not end");
    }
}

void fuzz_keys(std::string_view bytes) {
    const std::string_view left = bytes.substr(0, bytes.size() / 2);
    const std::string_view right = bytes.substr(bytes.size() / 2);
    check_order({std::string(left)}, {std::string(right)});
    check_order({Binary{std::string(right)}}, {Binary{std::string(left)}});
    const auto a = Decimal::parse(left);
    const auto b = Decimal::parse(right);
    if (!a || !b) return;
    check_order({*a}, {*b});
    if (const auto sum = add(*a, *b)) {
        const auto back = subtract(*sum, *b);
        require(!back || *back == *a, "a sum does not go back");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    fuzz_item(bytes);
    fuzz_table(bytes);
    fuzz_keys(bytes);
    return 0;
}
