"""Addresses of who may do what."""

from django.urls import path

from governance.access.views import conflicts, listing, reviews, why

urlpatterns = [
    path("access/", listing.listed, name="access"),
    path("access/matrix/", listing.matrix, name="access-matrix"),
    path("access/why/<str:subject>/", why.why, name="why"),
    path("access/conflicts/", conflicts.report, name="conflicts"),
    path("access/conflicts/ask/", conflicts.ask, name="conflict-ask"),
    path("access/conflicts/<int:pk>/accept/", conflicts.accept, name="conflict-accept"),
    path("access/conflicts/<int:pk>/decline/", conflicts.decline, name="conflict-decline"),
    path("access/conflicts/<int:pk>/take-back/", conflicts.take_back, name="conflict-take-back"),
    path("access/reviews/", reviews.reviews, name="reviews"),
    path("access/reviews/start/", reviews.start, name="review-start"),
    path("access/reviews/<int:pk>/", reviews.review, name="review"),
    path("access/reviews/<int:pk>/call-off/", reviews.call_off, name="review-call-off"),
    path("access/items/<int:pk>/keep/", reviews.keep, name="item-keep"),
    path("access/items/<int:pk>/remove/", reviews.remove, name="item-remove"),
]
