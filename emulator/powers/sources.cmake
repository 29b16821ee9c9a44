target_sources(minamo_core PRIVATE
    powers/hold.cpp
    powers/move_clock.cpp
    powers/reset.cpp
    powers/split_shards.cpp
)
