"""Assembly of a site around its built versions: latest/, redirects of former addresses, hashes of files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from mkdocs.config.defaults import MkDocsConfig

from charterbook import clock
from charterbook.frozen_dataclass import dataclass
from charterbook.site.incremental.fingerprint import library_versions
from charterbook.site.incremental.up_to_date import BuildState, SiteRequest
from charterbook.site.output import offline_copy, provenance, root_files
from charterbook.site.output.keep_addresses import FormerAddresses
from charterbook.site.output.previous_assets import link_previous_assets
from charterbook.site.output.published_addresses import PublishedAddresses
from charterbook.site.output.site_files import SiteFiles
from charterbook.site.output.site_lists import latest_edition
from charterbook.site.pipeline.handbook_data import HandbookData
from charterbook.site.pipeline.mkdocs_redirects import redirect_paths
from charterbook.site.pipeline.reused_versions import ReusedVersions
from charterbook.site.pipeline.site_root import offers_copy, show_problems
from charterbook.versions import LATEST


@dataclass(frozen=True)
class SiteAssembly:
    """Assembly of a site in its staging folder, once all versions are built."""

    staging: Path
    build_state: BuildState
    handbook_data: HandbookData
    reused: ReusedVersions

    @property
    def files(self) -> SiteFiles:
        """The files of the finished site."""
        return SiteFiles(self.staging, self.site.target, self.reused.files)

    @property
    def site(self) -> SiteRequest:
        """The request for this site."""
        return self.build_state.site

    def write(self, config: MkDocsConfig) -> Sequence[str]:
        """Write the files that depend on the built versions, and return the paths of redirect pages."""
        offline, timings = offers_copy(self.site, self.handbook_data, config), self.build_state.timings
        with timings.span("latest/"):
            self._write_latest(config, offline=offline)
        with timings.span("former addresses"):
            redirect_pages = self._preserve_addresses()
        if not self.site.serving:
            with timings.span("hashes of files"):
                self._write_hashes(offline=offline)
        link_previous_assets(self.staging, self.site.target)
        return redirect_pages

    def _write_latest(self, config: MkDocsConfig, *, offline: bool) -> None:
        """Write latest/ and files for hosts, or the problems of the charter on disk."""
        root_files.finish_root(
            root_files.SiteRoot(self.staging, self.handbook_data.editions, self.site.url),
            Path(config.docs_dir),
            config.theme.static_templates,
            self.reused.folder,
            offline=offline,
        )
        root_files.redirect_to_latest(self.staging, self.reused.folder(LATEST), redirect_paths(config))
        if self.handbook_data.broken:
            show_problems(self.staging, self.site, self.handbook_data)

    def _preserve_addresses(self) -> Sequence[str]:
        """Write the redirect pages of former addresses, and return their paths."""
        site, manifest, found = self.site, self.build_state.manifest, self.handbook_data
        is_unlisted = site.serving or found.group  # it could name hidden pages
        lists = (
            None if is_unlisted else PublishedAddresses(site.target, site.root, site.store, manifest.files)
        )
        former = FormerAddresses(
            self.staging,
            found.editions,
            found.moved_published,
            found.settings,
            site.url,
            found.planned,
            is_complete=not found.history.doubts,
        )
        redirect_pages = former.preserve(lists, self.reused.files, self.reused.stage)
        self.reused.linked -= {path.partition("/")[0] for path in (*redirect_pages, *manifest.forwards)}
        return redirect_pages

    def _write_hashes(self, *, offline: bool) -> None:
        """Write the lists of files that need the hashes of all others."""
        hashes = provenance.hash_site(self.files, self.handbook_data.editions)
        if offline and latest_edition(self.handbook_data.editions) is not None:
            offline_copy.write_copy_list(self.staging, hashes)
            hashes[offline_copy.FILES] = provenance.digest_of(self.staging / offline_copy.FILES)
        provenance.write_of_site(self.staging, hashes, self._origin())

    def _origin(self) -> provenance.Origin:
        history, zone = self.handbook_data.history, ZoneInfo(self.site.timezone)
        day = str(clock.today(zone))
        return provenance.Origin(
            history.head,
            history.branch,
            history.commit,
            day,
            libraries=library_versions(),
            group=self.handbook_data.group,
        )
