// Text becomes tokens; those outside of function bodies are read with a stack of scopes. A function is a name, balanced
// parentheses, qualifiers, and ';', '{', ':' or '='.
#include "tests/declarations.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace minamo::shape {
namespace {

using Tokens = std::vector<std::string>;

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Where the literal that begins at a quote ends; `raw`: R"x( ... )x".
std::size_t literal_end(const std::string& text, std::size_t i, bool raw) {
    if (raw) {
        const std::size_t open = text.find('(', i);
        std::string close(1, ')');
        close.append(text, i + 1, open - i - 1).append(1, '"');
        return text.find(close, open) + close.size();
    }
    const char quote = text[i];
    for (++i; text[i] != quote; ++i) {
        if (text[i] == '\\') ++i;
    }
    return i + 1;
}

// Words, "::", "->" and single characters. Literals are one token, "0"; comments and preprocessor lines are none.
Tokens tokens_of(const std::string& text) {
    Tokens out;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        const std::string two = text.substr(i, 2);
        if (c == '#') {
            while (i < text.size() && text[i] != '\n') i += text[i] == '\\' ? 2 : 1;
        } else if (two == "//") {
            i = std::min(text.find('\n', i), text.size());
        } else if (two == "/*") {
            i = text.find("*/", i) + 2;
        } else if (c == '"' || c == '\'') {
            const bool raw = c == '"' && !out.empty() && i > 0 && text[i - 1] == 'R' && out.back().ends_with("R");
            i = literal_end(text, i, raw);
            out.emplace_back("0");
        } else if (is_word(c)) {
            const std::size_t begin = i;
            const bool number = std::isdigit(static_cast<unsigned char>(c)) != 0;
            while (i < text.size() && (is_word(text[i]) || (number && text[i] == '\''))) ++i;
            out.push_back(text.substr(begin, i - begin));
        } else if (two == "::" || two == "->") {
            out.push_back(two);
            i += 2;
        } else {
            if (std::isspace(static_cast<unsigned char>(c)) == 0) out.emplace_back(1, c);
            ++i;
        }
    }
    out.insert(out.end(), 4, ";");  // so that a look ahead needs no bounds
    return out;
}

const std::set<std::string> no_names = {"if",     "for",      "while",   "switch",   "return",   "sizeof",
                                        "catch",  "noexcept", "alignas", "requires", "decltype", "static_assert",
                                        "bool",   "void",     "int",     "char",     "explicit", "defined",
                                        "double", "unsigned", "auto"};

class Reader {
public:
    explicit Reader(const std::string& text) : tokens_(tokens_of(text)), end_(tokens_.size() - 4) {}

    Functions read() {
        while (at_ < end_) step();
        return std::move(out_);
    }

private:
    const std::string& here(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
    static bool is_name(const std::string& token) { return is_word(token[0]) && !no_names.contains(token); }

    // Past the bracket that closes the one at `at`.
    std::size_t past(std::size_t at) const {
        int depth = 0;
        do {
            const std::string& token = tokens_[at];
            if (token == "(" || token == "{" || token == "[") ++depth;
            if (token == ")" || token == "}" || token == "]") --depth;
            ++at;
        } while (depth > 0 && at < end_);
        return at;
    }

    std::size_t past_template(std::size_t at) const {
        int depth = 0;
        do {
            if (tokens_[at] == "<") ++depth;
            if (tokens_[at] == ">") --depth;
            ++at;
        } while (depth > 0 && at < end_);
        return at;
    }

    std::size_t past_statement(std::size_t at) const {
        while (at < end_ && tokens_[at] != ";") {
            at = tokens_[at] == "(" || tokens_[at] == "{" || tokens_[at] == "[" ? past(at) : at + 1;
        }
        return at + 1;
    }

    void step() {
        const std::string& token = here();
        if (token == "}") {
            if (!scopes_.empty()) scopes_.pop_back();
            ++at_;
        } else if (token == "{") {
            scopes_.emplace_back();
            ++at_;
        } else if (token == "template" && here(1) == "<") {
            at_ = past_template(at_ + 1);
        } else if (token == "using" || token == "typedef" || token == "=" || token == "static_assert") {
            at_ = past_statement(at_);
        } else if (token == "enum") {
            while (here() != "{" && here() != ";") ++at_;
            if (here() == "{") at_ = past(at_);
        } else if (token == "class" || token == "struct" || token == "union") {
            open_class();
        } else if (token == "operator" || ((is_name(token) || token == "~") && looks_called())) {
            function();
        } else {
            ++at_;
        }
    }

    bool looks_called() const { return here() == "~" ? here(2) == "(" : here(1) == "("; }

    void open_class() {
        ++at_;
        while (here() == "[" || here() == "alignas") at_ = here() == "[" ? past(at_) : past(at_ + 1);
        std::string name;
        while (is_word(here()[0]) || here() == "::") {
            if (here() != "final" && here() != "::") name = here();
            ++at_;
        }
        if (here() == ":") {
            while (here() != "{" && at_ < end_) ++at_;
        }
        if (here() != "{") return;
        scopes_.push_back(name);
        ++at_;
    }

    int parameters(std::size_t open, std::size_t close) const {
        if (open + 1 == close || (open + 2 == close && tokens_[open + 1] == "void")) return 0;
        int count = 1;
        int angles = 0;
        for (std::size_t i = open + 1; i < close;) {
            const std::string& token = tokens_[i];
            if (token == "<") ++angles;
            if (token == ">" && angles > 0) --angles;
            if (token == "," && angles == 0) ++count;
            i = token == "(" || token == "{" || token == "[" ? past(i) : i + 1;
        }
        return count;
    }

    // The class that a name is qualified with, or that it stands in.
    std::string scope_of(std::size_t name, std::size_t statement) const {
        if (name >= 2 && tokens_[name - 1] == "::") return tokens_[name - 2];
        for (std::size_t i = statement; i < name; ++i) {
            if (tokens_[i] == "friend") return {};
        }
        return scopes_.empty() ? std::string{} : scopes_.back();
    }

    void function() {
        std::size_t statement = at_;
        while (statement > 0 && tokens_[statement - 1] != ";" && tokens_[statement - 1] != "{" &&
               tokens_[statement - 1] != "}") {
            --statement;
        }
        Function found{scope_of(at_, statement), here(), 0};
        std::size_t open = at_ + 1;
        if (here() == "operator" && here(1) == "(") {
            found.name += "()";
            open += 2;
        }
        while (tokens_[open] != "(" && open < end_) found.name += tokens_[open++];
        const std::size_t close = past(open) - 1;
        found.parameters = parameters(open, close);
        at_ = close + 1;
        finish(found);
    }

    // After the parentheses.
    void finish(const Function& found) {
        for (;;) {
            const std::string& token = here();
            if (token == "noexcept" && here(1) == "(") {
                at_ = past(at_ + 1);
            } else if (token == "[") {
                at_ = past(at_);
            } else if (token == "->") {  // a type
                while (here() != "{" && here() != ";" && at_ < end_) ++at_;
            } else if (token == "const" || token == "noexcept" || token == "override" || token == "final" ||
                       token == "&") {
                ++at_;
            } else {
                break;
            }
        }
        if (here() == ";") {
            out_.declared.push_back(found);
        } else if (here() == "=") {
            out_.defined.push_back(found);
            at_ = past_statement(at_);
        } else if (here() == "{") {
            out_.defined.push_back(found);
            at_ = past(at_);
        } else if (here() == ":") {
            out_.defined.push_back(found);
            skip_initializers();
        }
    }

    // Each is a name, perhaps with template arguments, and its brackets; the body comes after one without a comma.
    void skip_initializers() {
        do {
            ++at_;
            while (here() != "(" && here() != "{" && at_ < end_) ++at_;
            at_ = past(at_);
        } while (here() == ",");
        at_ = past(at_);
    }

    const Tokens tokens_;
    const std::size_t end_;
    std::size_t at_ = 0;
    std::vector<std::string> scopes_;
    Functions out_;
};

}  // namespace

Functions functions_of(const std::string& text) {
    return Reader(text).read();
}

}  // namespace minamo::shape
