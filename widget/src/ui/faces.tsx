// The small choice of faces; loaded when it is first opened.
const faces = "😀 😂 😊 😍 😘 🤔 😅 😭 😡 😱 👍 👎 👌 🙏 👏 💪 🌹 ❤️ 🎉 🔥 ☕ 🎁 ✅ ❓".split(" ");

export function Faces({ onPick }: { onPick(face: string): void }) {
  return (
    <div class="faces">
      {faces.map((one) => (
        <button key={one} type="button" onClick={() => onPick(one)}>
          {one}
        </button>
      ))}
    </div>
  );
}
