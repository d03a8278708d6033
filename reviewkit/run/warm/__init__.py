"""Warm kernels: forked from a process that has imported what notebooks import.

Starting a Python kernel and importing takes seconds of processor time a notebook; forking one
takes hundredths. The pieces: ``preload`` is what the process imports, ``server`` starts it in a
scrubbed environment, ``kernel`` turns a forked process into a kernel, ``provisioner`` gives it to
jupyter_client, ``engine`` to papermill.
"""
