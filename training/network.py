"""The coder as a torch module: MiniLM with a turn-causal mask, a pooling per turn, one linear layer a head."""

from __future__ import annotations

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN, LAYERS, ATTENTION_HEADS, INTERMEDIATE = 384, 6, 12, 1536


class Dropout(nn.Module):
    """Dropout from random bytes: on a CPU many times faster than drawing a number for every element."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.cut = round(share * 256)

    def forward(self, x: Tensor) -> Tensor:
        """Zero about `share` of the elements while training and scale up the others."""
        if not self.training or self.cut == 0:
            return x
        words = torch.empty((x.numel() + 7) // 8, dtype=torch.int64, device=x.device).random_(-(2**63), None)
        keep = words.view(torch.uint8)[: x.numel()].view(x.shape) >= self.cut
        return x * keep.to(x.dtype).mul_(256 / (256 - self.cut))


class Layer(nn.Module):
    """One transformer layer of the BERT kind."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.attention_out = nn.Linear(HIDDEN, HIDDEN)
        self.attention_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INTERMEDIATE)
        self.down = nn.Linear(INTERMEDIATE, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """(windows, tokens, hidden) in and out; `bias` (windows, tokens, tokens) is 0 where looking is allowed."""
        return self.feed_forward(self.attend(x, bias))

    def attend(self, x: Tensor, bias: Tensor) -> Tensor:
        """Every token gathers from those it may look at. Written out: on a CPU its backward pass is twice as fast."""
        windows, tokens, _ = x.shape
        q, k, v = (
            part.view(windows, tokens, ATTENTION_HEADS, -1)
            .transpose(1, 2)
            .reshape(windows * ATTENTION_HEADS, tokens, -1)
            for part in self.qkv(x).chunk(3, dim=-1)
        )
        bias = bias[:, None].to(q.dtype).expand(windows, ATTENTION_HEADS, tokens, tokens)
        scores = torch.baddbmm(bias.reshape(-1, tokens, tokens), q, k.transpose(-1, -2), alpha=q.shape[-1] ** -0.5)
        seen = torch.bmm(torch.softmax(scores, -1, dtype=scores.dtype), v)
        seen = seen.view(windows, ATTENTION_HEADS, tokens, -1).transpose(1, 2).reshape(windows, tokens, HIDDEN)
        return self.attention_norm(x + self.dropout(self.attention_out(seen)))

    def feed_forward(self, x: Tensor) -> Tensor:
        """The feed-forward half."""
        return self.norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Network(nn.Module):
    """Token windows in, one vector of logits a turn out, all heads side by side."""

    def __init__(self, heads: dict[str, int], *, dropout: float = 0.1, head_dropout: float = 0.2) -> None:
        super().__init__()
        self.head_widths = heads
        # Word vectors stay as they came: fine-tuning would move only the words that the small corpus happens to hold.
        self.words = nn.Embedding(30522, HIDDEN).requires_grad_(False)
        self.positions = nn.Embedding(512, HIDDEN)
        self.speakers = nn.Embedding(2, HIDDEN)
        self.embedding_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.head_dropout = Dropout(head_dropout)
        self.heads = nn.Linear(2 * HIDDEN, sum(heads.values()))

    def encode(self, tokens: Tensor, speaker_of: Tensor, turn_of: Tensor) -> Tensor:
        """Hidden states (windows, tokens, hidden); no token sees a later turn or padding."""
        positions = torch.arange(tokens.shape[1], device=tokens.device)
        x = self.words(tokens) + self.positions(positions) + self.speakers(speaker_of)
        x = self.dropout(self.embedding_norm(x))
        allowed = (turn_of[:, None, :] <= turn_of[:, :, None]) & (turn_of[:, None, :] >= 0)
        # A padding token may look at the window's start, so that its row of the softmax is not empty.
        allowed = allowed | ((turn_of[:, :, None] < 0) & (turn_of[:, None, :] == 0))
        bias = torch.where(allowed, 0.0, -1e4)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def turn_vectors(self, hidden: Tensor, turn_of: Tensor, pieces: Tensor) -> Tensor:
        """Per piece its mean token beside the state of its speaker's mark: (windows, pieces, 2 × hidden)."""
        belongs = (turn_of[:, None, :] == pieces[None, :, None]).to(hidden.dtype)
        mean = belongs @ hidden / belongs.sum(-1, keepdim=True).clamp(min=1)
        before = F.pad(turn_of, (1, 0), value=0)[:, :-1]
        starts = belongs * (turn_of != before)[:, None, :].to(hidden.dtype)
        return torch.cat([mean, starts @ hidden], dim=-1)

    def forward(self, tokens: Tensor, speaker_of: Tensor, turn_of: Tensor, pieces: Tensor) -> Tensor:
        """Logits (windows, pieces, all columns); `pieces` holds 1, 2, …, up to the most pieces in a window."""
        vectors = self.turn_vectors(self.encode(tokens, speaker_of, turn_of), turn_of, pieces)
        if self.training:  # several dropout samples of one vector steady the heads' gradient
            return torch.stack([self.heads(self.head_dropout(vectors)) for _ in range(4)]).mean(0)
        return self.heads(vectors)

    def split(self, logits: Tensor) -> dict[str, Tensor]:
        """The columns of each head, by name."""
        return dict(zip(self.head_widths, logits.split(list(self.head_widths.values()), dim=-1), strict=True))


def load_encoder(network: Network, path: str) -> None:
    """Fill the encoder from the MiniLM `model.safetensors`."""
    weights = load_file(path)
    weights = {name.removeprefix("bert."): tensor for name, tensor in weights.items()}
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "speakers.weight": weights["embeddings.token_type_embeddings.weight"],
        "embedding_norm.weight": weights["embeddings.LayerNorm.weight"],
        "embedding_norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    names = {
        "attention_out": "attention.output.dense",
        "attention_norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm": "output.LayerNorm",
    }
    for number in range(LAYERS):
        there = f"encoder.layer.{number}"
        for kind in ("weight", "bias"):
            parts = [weights[f"{there}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            state[f"layers.{number}.qkv.{kind}"] = torch.cat(parts)
            for ours, theirs in names.items():
                state[f"layers.{number}.{ours}.{kind}"] = weights[f"{there}.{theirs}.{kind}"]
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or set(missing) != {"heads.weight", "heads.bias"}:
        raise ValueError(f"the encoder file does not fit: missing {missing}, unexpected {unexpected}")
