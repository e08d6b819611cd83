"""Measure how often promises were kept, from requests and a working calendar. No input or output.

- `working_time`: a working calendar, and the working time before any instant
- `requests`: requests as instants
- `measure`: one promise and its requests -> how many were kept, and how long they took
- `measure_log`: a whole log -> each promise in each period
- `agreements`: the promises in force on a day
- `request_kinds`: a kind of request -> the promise for it
- `timestamps`: dates and times as texts -> instants
"""
