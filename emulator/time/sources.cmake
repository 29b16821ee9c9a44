target_sources(minamo_core PRIVATE
    time/namespace_clock.cpp
)
