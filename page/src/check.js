// Runs in any browser, however old: says in a sentence when the page cannot run here. Written in the oldest script.
(function () {
  var isFit = typeof WebAssembly === 'object' && typeof DecompressionStream === 'function' && typeof Promise === 'function' &&
    typeof Worker === 'function' && typeof Blob === 'function' && 'arrayBuffer' in Blob.prototype;
  if (isFit) return;
  var place = document.getElementById('starting');
  place.innerHTML = '';
  place.appendChild(document.createTextNode('这个浏览器太旧，打不开核表。请用 Edge、火狐，或 360 浏览器的“极速模式”、奇安信浏览器的新版本打开这个文件；也可以用命令行程序。'));
})();
