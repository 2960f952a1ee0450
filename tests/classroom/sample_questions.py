"""One right question of each form, as a chapter's file has it: what tests then break."""

CHOICE = """
[[question]]
id = "a-question"
kind = "one"
text = 'Which?'
explanation = 'Because.'
[[question.option]]
text = 'this'
right = true
feedback = 'Yes.'
[[question.option]]
text = 'that'
feedback = 'No.'
"""
NUMBER = """
[[question]]
id = "a-number"
kind = "number"
text = 'How many?'
explanation = 'Because.'
answer = 0.5
tolerance = 0.01
feedback = 'Yes.'
otherwise = 'Try again.'
[[question.mistake]]
value = 2
feedback = 'That is its inverse.'
"""
ORDER = """
[[question]]
id = "an-order"
kind = "order"
text = 'In which order?'
explanation = 'Because.'
""" + "".join(f"[[question.step]]\ntext = 'step {name}'\nfeedback = 'It needs the one before.'\n" for name in "abc")
