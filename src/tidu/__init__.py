"""Tidu (梯度): the gradient cultivation of good small and medium enterprises."""
