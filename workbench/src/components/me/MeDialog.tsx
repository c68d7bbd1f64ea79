export default function MeDialog({ onClose }: { onClose: () => void }) {
  return <button type="button" onClick={onClose} />;
}
