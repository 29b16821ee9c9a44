// Control calls in this process, for tests.
#pragma once

#include <string>
#include <string_view>

#include "emulator/control/control.hpp"
#include "minamo/emulator.hpp"
#include "tests/emulator/streams/streams_world.hpp"

namespace minamo::tests {

inline std::int64_t since_start_ms(std::chrono::system_clock::time_point moment) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(moment - start()).count();
}

// Status and body of a control call, which means the caller's namespace, else the first one, where it names none.
// Without the namespace that the answer names: tests/emulator/control/control_test.cpp looks at that.
inline std::string control(Emulator& emulator, std::string_view method, std::string_view path,
                           std::string_view body = {}, const Caller& caller = {}) {
    const std::size_t mark = path.find('?');
    const std::string_view query = mark == path.npos ? std::string_view{} : path.substr(mark + 1);
    const KnownCaller known = know(caller);
    const Answer answer = control_call(emulator.world(), method, std::string("/_minamo/").append(path.substr(0, mark)),
                                       query, body, &known);
    std::string text = answer.response.body;
    const std::size_t named = text.rfind(",\"namespace\":");
    if (named != text.npos) text.replace(named, text.npos, "}");
    return std::to_string(answer.response.status) + " " + text;
}

}  // namespace minamo::tests
