"""Hash, EXIF, a picture of 1600 and one of 320 with Pillow, kept durably: processor time of a round, peak memory."""

import hashlib
import json
import os
import resource
import statistics
import sys
import time

from PIL import Image, ImageOps


def keep(path, write):
    with open(path, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())


def once(source, folder):
    digest = hashlib.sha256()
    with open(source, "rb") as original:

        def copy(file):
            while piece := original.read(65536):
                digest.update(piece)
                file.write(piece)

        keep(os.path.join(folder, "original.jpg"), copy)
    with Image.open(os.path.join(folder, "original.jpg")) as picture:
        dict(picture.getexif())
        # Pillow shrinks while it decodes, as we do.
        picture.draft("RGB", (1600, 1600))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((1600, 1600), Image.Resampling.BILINEAR)
        keep(os.path.join(folder, "preview.jpg"), lambda file: upright.save(file, "JPEG", quality=82))
        upright.thumbnail((320, 320), Image.Resampling.BILINEAR)
        keep(os.path.join(folder, "small.jpg"), lambda file: upright.save(file, "JPEG", quality=80))
    return digest.hexdigest()


source, folder, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
times = []
for _ in range(rounds):
    begun = time.process_time()
    once(source, folder)
    times.append((time.process_time() - begun) * 1000)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"cpu_ms": statistics.median(times), "peak_mb": peak}))
