"""The screens of authority: versions of the matrix, the grid, trying it out, lending authority."""
