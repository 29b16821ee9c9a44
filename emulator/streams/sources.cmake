target_sources(minamo_core PRIVATE
    streams/iterators.cpp
    streams/named_stream.cpp
    streams/sequences.cpp
    streams/table_streams.cpp
)
