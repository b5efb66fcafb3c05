from django.utils.timezone import now

from foundation.journal import events
from foundation.journal.models import Delivery
from foundation.lifecycles import Refused


def drain():
    while (
        d := Delivery.objects.filter(status="ready", next_at__lte=now()).select_related("entry").order_by("id").first()
    ):
        try:
            events.subscribers[d.entry.name][d.subscriber](
                events.rebuild(d.entry.name, d.entry.facts), key=f"delivery:{d.pk}"
            )
        except Refused as r:
            d.note = str(r)
        except Exception as e:
            if "sync" in type(e).__module__:
                d.note = str(e)
            else:
                raise
        d.status = "done"
        d.save()
