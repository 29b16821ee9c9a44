// Rows of structs: their members one after the other, without names. Whoever owns a row writes its order once, as a
// template over a RowWriter or a RowReader: `io(member)` then writes or reads.
//
// Numbers, enums and flags are varints, texts a length and their bytes, lists a count and their elements. A RowReader
// throws Damaged on bytes that are no such row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/faults.hpp"
#include "storage/varint.hpp"

namespace minamo::storage {

class RowWriter {
public:
    explicit RowWriter(std::string& out) : out_(out) {}

    void operator()(std::string_view text) {
        append_varint(out_, text.size());
        out_ += text;
    }
    void operator()(std::uint64_t number) { append_varint(out_, number); }
    void operator()(std::uint8_t number) { append_varint(out_, number); }
    void operator()(std::int64_t number) { append_varint(out_, static_cast<std::uint64_t>(number)); }
    void operator()(bool flag) { append_varint(out_, flag ? 1 : 0); }
    void added(std::uint64_t number) { append_varint(out_, number); }
    template <class Enum>
    void enumeration(const Enum& value, Enum) {
        append_varint(out_, static_cast<std::uint64_t>(value));
    }
    template <class Element, class Each>
    void list(const std::vector<Element>& elements, Each each) {
        append_varint(out_, elements.size());
        for (const Element& element : elements) each(element);
    }

private:
    std::string& out_;
};

class RowReader {
public:
    // `what` says what the row should be.
    RowReader(std::string_view bytes, const char* what) : rest_(bytes), what_(what) {}

    bool done() const { return rest_.empty(); }

    void operator()(std::string& text) {
        const std::uint64_t length = number_up_to(rest_.size());
        if (length > rest_.size()) fail();
        text = rest_.substr(0, length);
        rest_.remove_prefix(length);
    }
    void operator()(std::uint64_t& number) { number = number_up_to(~std::uint64_t{0}); }
    void operator()(std::uint8_t& number) { number = static_cast<std::uint8_t>(number_up_to(0xFF)); }
    void operator()(std::int64_t& number) { number = static_cast<std::int64_t>(number_up_to(~std::uint64_t{0})); }
    void operator()(bool& flag) { flag = number_up_to(1) != 0; }
    // At the end of rows since a later format.
    void added(std::uint64_t& number) {
        if (!done()) (*this)(number);
    }
    template <class Enum>
    void enumeration(Enum& value, Enum last) {
        value = static_cast<Enum>(number_up_to(static_cast<std::uint64_t>(last)));
    }
    template <class Element, class Each>
    void list(std::vector<Element>& elements, Each each) {
        for (std::uint64_t left = number_up_to(rest_.size()); left > 0; --left) each(elements.emplace_back());
    }

    // Throws where something is left.
    void end() const {
        if (!done()) fail();
    }

private:
    std::uint64_t number_up_to(std::uint64_t max) {
        std::uint64_t number = 0;
        if (!read_varint(rest_, number) || number > max) fail();
        return number;
    }

    [[noreturn]] void fail() const { throw Damaged(std::string("a row of the store is not ") + what_); }

    std::string_view rest_;
    const char* what_;
};

}  // namespace minamo::storage
