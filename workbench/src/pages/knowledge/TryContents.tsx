// What the bot would say, bubble by bubble as in the chat; a button asks what stands on it.
import type { AskReply } from "@yingda/contract";
import { Button } from "antd";
import { MessageContent } from "../inbox/thread/MessageContent.tsx";
import "../inbox/bubbles.css";

type Props = { reply: AskReply; onAsk: (question: string) => void };

export function TryContents({ reply, onAsk }: Props) {
  if (reply.contents.length === 0) return <p className="try-text">{reply.text}</p>;
  return reply.contents.map((content, at) =>
    content.kind === "choices" ? (
      <div className="try-bubble" key={`choices-${String(at)}`}>
        <p className="try-text">{content.text}</p>
        <div className="row-line">
          {content.choices.map(({ id, label, action }) => (
            <Button key={id} size="small" disabled={action !== "say"} onClick={() => onAsk(label)}>
              {label}
            </Button>
          ))}
        </div>
      </div>
    ) : (
      <div className="try-bubble" key={`${content.kind}-${String(at)}`}>
        <MessageContent content={content} />
      </div>
    ),
  );
}
