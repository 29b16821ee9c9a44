// The parser runs in place over a copy of the text, so that strings need no memory of their own; arrays and members lie
// in a pool whose first block is kept from text to text.
#include "emulator/wire/json.hpp"

#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <utility>

#include <rapidjson/internal/dtoa.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace minamo::json {
namespace {

constexpr std::size_t first_block_bytes = 64 * 1024;
constexpr std::size_t kept_text_bytes = 1024 * 1024;  // a copy that grew beyond this is given back
constexpr unsigned parse_flags =
    rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;

// Whether UTF-8 text has a surrogate: ED A0..BF. Raw ones are refused as bad UTF-8; this finds the escaped ones that
// the parser lets pass ("\udc00" alone).
bool has_surrogate(std::string_view text) {
    for (std::size_t at = text.find('\xED'); at != text.npos; at = text.find('\xED', at + 1)) {
        if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0) return true;
    }
    return false;
}

// Hands events on to a document, and stops at text that is too deep or no text at all.
class Checker {
public:
    Checker(rapidjson::Document& document, bool escaped) : document_(document), escaped_(escaped) {}

    bool Null() { return document_.Null(); }
    bool Bool(bool flag) { return document_.Bool(flag); }
    bool Int(int number) { return document_.Int(number); }
    bool Uint(unsigned number) { return document_.Uint(number); }
    bool Int64(std::int64_t number) { return document_.Int64(number); }
    bool Uint64(std::uint64_t number) { return document_.Uint64(number); }
    bool Double(double number) { return document_.Double(number); }
    bool RawNumber(const char* text, rapidjson::SizeType size, bool copy) {
        return document_.RawNumber(text, size, copy);
    }
    bool String(const char* text, rapidjson::SizeType size, bool copy) {
        return is_text(text, size) && document_.String(text, size, copy);
    }
    bool Key(const char* text, rapidjson::SizeType size, bool copy) {
        return is_text(text, size) && document_.Key(text, size, copy);
    }
    bool StartObject() { return deeper() && document_.StartObject(); }
    bool EndObject(rapidjson::SizeType count) {
        --depth_;
        return document_.EndObject(count);
    }
    bool StartArray() { return deeper() && document_.StartArray(); }
    bool EndArray(rapidjson::SizeType count) {
        --depth_;
        return document_.EndArray(count);
    }

private:
    bool is_text(const char* text, rapidjson::SizeType size) const { return !escaped_ || !has_surrogate({text, size}); }
    bool deeper() { return ++depth_ <= Document::depth_max; }

    rapidjson::Document& document_;
    const bool escaped_;  // the source has \u somewhere
    int depth_ = 0;
};

// What a character of a string literal is written as: itself (0), \uXXXX ('u'), or a backslash and this letter.
constexpr std::array<char, 256> make_escapes() {
    std::array<char, 256> escapes{};
    for (std::size_t i = 0; i < 0x20; ++i) escapes[i] = 'u';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    escapes['\b'] = 'b';
    escapes['\f'] = 'f';
    escapes['\n'] = 'n';
    escapes['\r'] = 'r';
    escapes['\t'] = 't';
    return escapes;
}
constexpr auto escapes = make_escapes();

void append_escape(std::string& out, char given) {
    const char escape = escapes[static_cast<unsigned char>(given)];
    out.push_back('\\');
    out.push_back(escape);
    if (escape != 'u') return;
    constexpr std::string_view digits = "0123456789abcdef";
    out.append("00");
    out.push_back(digits[static_cast<unsigned char>(given) >> 4]);
    out.push_back(digits[static_cast<unsigned char>(given) & 15U]);
}

}  // namespace

struct Document::State {
    std::unique_ptr<char[]> block{new char[first_block_bytes]};
    rapidjson::MemoryPoolAllocator<> pool{block.get(), first_block_bytes};
    rapidjson::Document document{&pool};
    std::string text;

    bool parse(std::string_view given);
};

bool Document::State::parse(std::string_view given) {
    document.SetNull();
    pool.Clear();
    if (text.capacity() > kept_text_bytes && given.size() <= kept_text_bytes) std::string().swap(text);
    text.assign(given);
    bool whole = false;
    auto generate = [&](rapidjson::Document& values) {
        Checker checker(values, given.find("\\u") != given.npos);
        rapidjson::InsituStringStream stream(text.data());
        rapidjson::Reader reader;
        // The stream ends at the first NUL, which may stand before the end of the text.
        whole = reader.Parse<parse_flags>(stream, checker) && stream.Tell() == text.size();
        return whole;
    };
    document.Populate(generate);
    return whole;
}

Document::Document() : state_(new State) {}
Document::~Document() {
    delete state_;
}

const Value* Document::parse(std::string_view text) {
    return state_->parse(text) ? &state_->document : nullptr;
}

const Value* find(const Value& object, std::string_view name) {
    for (auto member = object.MemberEnd(); member != object.MemberBegin();) {
        --member;
        if (text(member->name) == name) return member->value.IsNull() ? nullptr : &member->value;
    }
    return nullptr;
}

void append_real(std::string& out, double number) {
    std::array<char, 32> digits;
    const char* const end = rapidjson::internal::dtoa(number, digits.data());
    out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void append_string(std::string& out, std::string_view text) {
    out.push_back('"');
    std::size_t plain = 0;  // start of what has not been appended yet
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (escapes[static_cast<unsigned char>(text[i])] == 0) continue;
        out.append(text.substr(plain, i - plain));
        append_escape(out, text[i]);
        plain = i + 1;
    }
    out.append(text.substr(plain));
    out.push_back('"');
}

void Writer::separate() {
    if (comma_) out_.push_back(',');
    comma_ = true;
}

void Writer::begin_object() {
    separate();
    out_.push_back('{');
    comma_ = false;
}

void Writer::end_object() {
    out_.push_back('}');
    comma_ = true;
}

void Writer::begin_array() {
    separate();
    out_.push_back('[');
    comma_ = false;
}

void Writer::end_array() {
    out_.push_back(']');
    comma_ = true;
}

void Writer::key(std::string_view name) {
    separate();
    append_string(out_, name);
    out_.push_back(':');
    comma_ = false;
}

void Writer::string(std::string_view text) {
    separate();
    append_string(out_, text);
}

void Writer::integer(std::int64_t number) {
    separate();
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out_.append(digits.data(), end);
}

void Writer::real(double number) {
    separate();
    append_real(out_, number);
}

void Writer::boolean(bool flag) {
    separate();
    out_.append(flag ? "true" : "false");
}

void Writer::null() {
    separate();
    out_.append("null");
}

void Writer::raw(std::string_view json) {
    separate();
    out_.append(json);
}

std::string to_text(const Value& value) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    value.Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace minamo::json
