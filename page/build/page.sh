#!/usr/bin/env bash
# Builds dist/核表.html: the module, checked for what browsers take, and the front end in one file. The same sources
# give the same bytes. Needs Debian's second Rust (rustc-web cargo-web rust-web-src), lld, wabt, zopfli,
# node and npm.
set -euo pipefail
page="$(cd "$(dirname "$0")/.." && pwd)"
root="$(dirname "$page")"
cd "$page"

missing=()
[ -d /usr/lib/rustlib/src/rust/library ] || missing+=(rustc-web cargo-web rust-web-src)
command -v wasm-ld-22 >/dev/null || missing+=(lld-22)
command -v wasm-validate >/dev/null || missing+=(wabt)
command -v zopfli >/dev/null || missing+=(zopfli)
if [ ${#missing[@]} -gt 0 ]; then
    echo "installing ${missing[*]}" >&2
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
for tool in node npm; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: install Node.js 18 or newer" >&2; exit 1; }
done

# Nothing of the machine's paths goes into the module. Browsers before Chrome 96 take no reference types, which the
# compiler would turn on by itself.
cargo_home="${CARGO_HOME:-$HOME/.cargo}"
export RUSTFLAGS="-C target-cpu=mvp -C target-feature=+bulk-memory,+sign-ext,+nontrapping-fptoint,+mutable-globals"
RUSTFLAGS+=" --remap-path-prefix=$root=/hebiao --remap-path-prefix=$cargo_home=/cargo"
# The standard library's part of every byte and cell is fast too: memory, tables, texts.
standard_library=()
for crate in alloc compiler_builtins core dlmalloc hashbrown std; do
    standard_library+=(--config "profile.release.package.$crate.opt-level=3")
done
module="module/target/wasm32-unknown-unknown/release/hebiao_page.wasm"
# A module that was built from these very sources, by this compiler, need not be built again.
sources="$({ git -C "$root" ls-files -s -- src Cargo.toml page/module page/build/page.sh
    git -C "$root" diff HEAD -- src Cargo.toml page/module page/build/page.sh
    /usr/bin/rustc --version; } | sha256sum | cut -c1-32)"
kept="${XDG_CACHE_HOME:-$HOME/.cache}/hebiao-page/$sources.wasm"
if [ -f "$kept" ]; then
    mkdir -p "$(dirname "$module")"
    cp "$kept" "$module"
else (
    cd module
    PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22 \
        /usr/bin/cargo build --locked --release --target-dir target -Z build-std=std,panic_abort --target wasm32-unknown-unknown \
        "${standard_library[@]}"
); fi

# The compiler leaves the functions' names in, a quarter of the whole.
wasm-strip "$module"
wasm-validate --disable-reference-types --disable-multi-value --disable-simd "$module"
if wasm-objdump -j Import -x "$module" 2>/dev/null | grep -q ' - '; then
    echo "the module imports something" >&2
    exit 1
fi

mkdir -p "$(dirname "$kept")"
find "$(dirname "$kept")" -name '*.wasm' -mtime +7 -delete
cp "$module" "$kept"

if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --ignore-scripts --no-audit --no-fund >/dev/null
fi
node_modules/.bin/tsc --noEmit
# Packs a twentieth smaller than gzip, and notes no time.
zopfli --i1 -c "$module" >"$module.gz"
node build/bundle.mjs "$module.gz" "$root/samples/部门评价表-信丰.xlsx" "$root/dist/核表.html"
