// What a flow is, by the names this room uses. The schema lives in the contract: the editor draws from the same types.

export {
  type Flow,
  type FlowCase,
  type FlowChoice,
  type FlowSlot,
  type FlowSlotType as SlotType,
  type FlowStep,
  type FlowStepOf as StepOf,
  type FlowText as Both,
  type FlowWords,
  flowShape,
  flowSlot,
  flowSlotTypes as slotTypes,
} from "@yingda/contract";
