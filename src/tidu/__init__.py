"""Tidu: the gradient cultivation of good small and medium-sized enterprises (优质中小企业梯度培育)."""
