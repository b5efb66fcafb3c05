"""Small immutable things that every package computes with: money, quantities, reasons."""
