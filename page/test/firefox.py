"""The page in Firefox ESR: the seed's table is dropped, its findings are counted, and what is saved is what the program
writes. `python3 page/test/firefox.py PROGRAM`; needs Debian's firefox-esr and marionette-driver from PyPI."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from marionette_driver import Wait
from marionette_driver.marionette import Marionette

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAME = "部门评价表-信丰"
DROP = """
const letters = atob(document.querySelector('#example').textContent.trim());
const data = new DataTransfer();
data.items.add(new File([Uint8Array.from(letters, (letter) => letter.charCodeAt(0))], arguments[0]));
window.handed = [];
const address = URL.createObjectURL;
URL.createObjectURL = (blob) => (window.handed.push(blob), address.call(URL, blob));
document.querySelector('main').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
"""
PRESS = """
window.handed.length = 0;
Array.from(document.querySelectorAll('button')).find((one) => one.textContent === arguments[0]).click();
"""
DIGEST = """
const done = arguments[arguments.length - 1];
window.handed[0].arrayBuffer()
  .then((bytes) => crypto.subtle.digest('SHA-256', bytes))
  .then((digest) => done(Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')));
"""


def connected():
    """Returns a session, once the browser listens."""
    browser = Marionette(host="127.0.0.1", port=2828)
    end = time.time() + 120
    while True:
        try:
            browser.start_session()
            return browser
        except OSError:
            if time.time() > end:
                raise
            time.sleep(0.5)


def tried(browser, folder):
    """Drops the table and compares what the page saves with what the program wrote."""
    browser.timeout.script = 120

    def run(script, *words):
        return browser.execute_script(script, script_args=list(words), sandbox=None)

    def wait(script):
        Wait(browser, timeout=120).until(lambda _: run(script))

    browser.navigate((ROOT / "dist" / "核表.html").as_uri())
    wait("return document.documentElement.dataset.ready")
    run(DROP, f"{NAME}.xlsx")
    wait("return document.querySelector('.table .grid')")
    findings = run("return document.querySelectorAll('.finding').length")
    assert findings == 12, findings
    for kind in ["规范表", "差异清单", "批注副本"]:
        run(PRESS, f"保存{kind}")
        wait("return window.handed.length === 1")
        digest = browser.execute_async_script(DIGEST, sandbox=None)
        expected = hashlib.sha256((folder / f"{NAME}.{kind}.xlsx").read_bytes()).hexdigest()
        assert digest == expected, kind
    version = browser.session_capabilities["browserVersion"]
    print(f"Firefox {version}: {findings} findings, three outputs the same bytes")


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    firefox = None
    try:
        shutil.copy(ROOT / "samples" / f"{NAME}.xlsx", folder)
        convert = [sys.argv[1], "convert", f"{NAME}.xlsx", "-o", ".", "--annotate", "--fail-on", "never"]
        subprocess.run(convert, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        profile = folder / "profile"
        profile.mkdir()
        command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
        environment = {**os.environ, "HOME": str(folder)}
        quiet = subprocess.DEVNULL
        firefox = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
        browser = connected()
        tried(browser, folder)
        browser.delete_session()
    finally:
        if firefox:
            firefox.terminate()
            firefox.wait()
        shutil.rmtree(folder, ignore_errors=True)


main()
