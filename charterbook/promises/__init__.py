"""Requests and a working calendar -> how often promises were kept. Nothing is read or written here.

- `working_time`: a working calendar, and the working time before any instant
- `requests`: requests as instants
- `measure`: one promise and its requests -> how many were kept, and how long they took
- `measure_log`: a whole log -> each promise in each period
- `agreements`: which promises held on which day
- `request_kinds`: a kind of request -> the promise for it
- `timestamps`: dates and times as texts -> instants
"""
