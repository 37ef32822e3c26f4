"""From a torch network to the ONNX file that ships: fp32 first, then weights in int8 where that costs nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnx.numpy_helper
import torch

from training.network import Network


def export(network: Network, path: Path) -> None:
    """Write the network with free numbers of windows, tokens and pieces."""
    network = network.cpu().float().eval()
    tokens = torch.randint(1000, 2000, (2, 24))
    turn_of = torch.tensor([[0] + [1] * 9 + [2] * 14, [0] + [1] * 5 + [2] * 10 + [-1] * 8])
    example = (tokens, (turn_of == 2).long(), turn_of, torch.arange(1, 3))
    windows_and_tokens = {0: "windows", 1: "length"}
    torch.onnx.export(
        network,
        example,
        str(path),
        input_names=["tokens", "speaker_of", "turn_of", "pieces"],
        output_names=["logits"],
        dynamic_axes={
            "tokens": windows_and_tokens,
            "speaker_of": windows_and_tokens,
            "turn_of": windows_and_tokens,
            "pieces": {0: "pieces_a_window"},
            "logits": {0: "windows", 1: "pieces_a_window"},
        },
        opset_version=17,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Weights to int8, one scale a row or column: a quarter of the size. What is computed with them stays fp32.

    Rounding what flows through the network too would be faster on some CPUs, but its scale is shared by all that is
    read at once, so that later turns would move the answers to earlier ones.
    """
    model = onnx.load(str(source))
    graph = model.graph
    weights = {each.name: each for each in graph.initializer if len(each.dims) == 2 and np.prod(each.dims) > 10_000}
    nodes = []
    for node in graph.node:
        table = next((name for name in node.input if name in weights), None)
        if table is None or node.op_type not in ("MatMul", "Gemm", "Gather"):
            nodes.append(node)
            continue
        # A scale for each row of a table of vectors, for each output of a product (columns, or rows where transposed).
        transposed = node.op_type == "Gemm" and any(each.name == "transB" and each.i for each in node.attribute)
        axis = 0 if node.op_type == "Gather" or transposed else 1
        small, scale = _to_int8(onnx.numpy_helper.to_array(weights[table]), axis)
        if node.op_type != "Gather":  # a looked-up row is multiplied by its scale, which stays a column
            scale = scale.ravel()
        graph.initializer.extend(
            [
                onnx.numpy_helper.from_array(small, f"{table}_int8"),
                onnx.numpy_helper.from_array(scale, f"{table}_scale"),
            ]
        )
        graph.initializer.remove(weights.pop(table))
        if node.op_type == "Gather":
            nodes += _gather_of_int8(node, table)
        else:
            nodes.append(
                onnx.helper.make_node("DequantizeLinear", [f"{table}_int8", f"{table}_scale"], [table], axis=axis)
            )
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.save(model, str(target))


def _to_int8(weights: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    scale = np.maximum(np.abs(weights).max(axis=1 - axis, keepdims=True), 1e-8) / 127
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


def _gather_of_int8(node: onnx.NodeProto, table: str) -> list[onnx.NodeProto]:
    """Look up the rows in int8, and their scales, and multiply."""
    rows, (answer,) = node.input[1], node.output
    return [
        onnx.helper.make_node("Gather", [f"{table}_int8", rows], [f"{answer}_int8"], axis=0),
        onnx.helper.make_node("Cast", [f"{answer}_int8"], [f"{answer}_float"], to=onnx.TensorProto.FLOAT),
        onnx.helper.make_node("Gather", [f"{table}_scale", rows], [f"{answer}_scale"], axis=0),
        onnx.helper.make_node("Mul", [f"{answer}_float", f"{answer}_scale"], [answer]),
    ]


def largest_difference(first: list[np.ndarray], second: list[np.ndarray]) -> tuple[float, float]:
    """Largest absolute difference and correlation of two readers' logits."""
    a, b = np.concatenate(first).ravel(), np.concatenate(second).ravel()
    return float(np.abs(a - b).max()), float(np.corrcoef(a, b)[0, 1])
