// The build knows it.
#include "emulator/version.hpp"

namespace minamo {

std::string_view version() {
    return MINAMO_VERSION;
}

}  // namespace minamo
