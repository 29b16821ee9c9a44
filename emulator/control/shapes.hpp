// Shapes that several control calls use.
#pragma once

#include "emulator/api/shape.hpp"

namespace minamo::control::shapes {

extern const api::Shape text;
extern const api::Shape flag;
extern const api::Shape duration;  // "10s"
extern const api::Shape moment;    // "2026-01-01T00:00:00Z"

}  // namespace minamo::control::shapes
