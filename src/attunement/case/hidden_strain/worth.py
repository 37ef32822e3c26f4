"""When a question is worth asking."""

# The least chance that the transcript says what the question rests on. A question that turns out idle costs little, one
# never asked can cost the therapy; but a page of idle questions is not read.
WORTH_ASKING = 0.4
