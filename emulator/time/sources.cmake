target_sources(minamo_core PRIVATE
    time/events.cpp
    time/namespace_clock.cpp
)
