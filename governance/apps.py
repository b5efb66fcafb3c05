"""Says the package's verbs and opens its doors."""

from django.apps import AppConfig

from foundation.scopes import verbs


class Governance(AppConfig):
    name = "governance"

    def ready(self) -> None:
        verbs.register(
            "governance",
            see_case="See cases",
            work_case="Work on cases",
            see_matrix="See the authority matrix",
            edit_matrix="Edit the authority matrix",
            publish_matrix="Publish the authority matrix",
            delegate="Delegate authority",
            decide="Decide on approvals",
            review_access="Review access and accept conflicts of duties",
            see_waiver="See waivers",
            ask_waiver="Ask for waivers",
            grant_waiver="Grant waivers",
            see_parameter="See standards and local values",
            propose_parameter="Propose standards and local values",
            decide_parameter="Decide on standards and local values",
            break_glass="Let urgent documents pass without approval",
            review_approval="Review what passed without a decision",
        )
        verbs.keep_whole("edit_matrix", "publish_matrix", "delegate", "review_access")  # one matrix rules everywhere
        verbs.keep_filled("publish_matrix")
        verbs.want_proof("publish_matrix", "break_glass", "review_access")
        from governance import panels, resolutions, subjects, subscribers  # noqa: F401  doors; models must be loaded first
        from governance.access import previewing  # noqa: F401  what giving a role brings about
        from governance.approvals import past  # noqa: F401  who keeps what a replay reads
