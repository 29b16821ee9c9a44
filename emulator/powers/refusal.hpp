// Why a power was not used.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace minamo {

// One sentence that says what to do. `status` is that of HTTP where a control call asked.
struct Refusal {
    std::string sentence;
    int status = 400;
};

template <class T>
using Allowed = tl::expected<T, Refusal>;

inline tl::unexpected<Refusal> refusal(std::string_view sentence, int status = 400) {
    return tl::unexpected(Refusal{std::string(sentence), status});
}

}  // namespace minamo
