target_sources(minamo_core PRIVATE
    control/clock.cpp
    control/control.cpp
    control/holds.cpp
    control/members.cpp
    control/namespaces.cpp
    control/shapes.cpp
    control/streams.cpp
    control/target.cpp
)
