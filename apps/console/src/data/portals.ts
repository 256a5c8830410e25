import {
  adminArchivePortal,
  adminCheckPortalRoles,
  adminCheckPortalSlug,
  adminCreatePortal,
  adminFetchPicture,
  adminGetOrganization,
  adminGetOrganizationVersion,
  adminGetPicture,
  adminGetPortal,
  adminGetPortalVersion,
  adminListOrganizationVersions,
  adminListPortals,
  adminListPortalVersions,
  adminMakePortalDefault,
  adminNameOrganization,
  adminPreviewStyle,
  adminRenamePortal,
  adminRestoreOrganization,
  adminRestorePortal,
  adminSetPortalRoles,
  adminUnarchivePortal,
  adminUpdatePortal,
  type CreatePortalRequest,
  type NameOrganizationRequest,
  adminUploadPicture,
  type OwnOrganizationResponse,
  type PortalPictureItem,
  type RestoreOrganizationRequest,
  type RestorePortalRequest,
  type UpdatePortalRequest,
} from '@balcao/api-client';
import type { PicturePurpose } from '@balcao/contracts';
import { computed, type Ref } from 'vue';
import { one, query, useChange } from './keys.js';
import { useSessionStore } from '../stores/session.js';

/** Colours as they go to the API: what CSS reads, or null for a colour that follows the brand. */
export type TypedTheme = Record<'light' | 'dark', Record<'primary' | 'secondary' | 'accent', string | null>>;

export type PortalPatch = Pick<UpdatePortalRequest, 'name' | 'signupSlug' | 'settings'>;

/** The organization's portals; most have one. */
export const usePortals = query('portals', adminListPortals, {
  enabled: () => useSessionStore().can('portals:read'),
});

/** Portals as a picker lists them, after what stands for the main one. */
export function usePortalOptions(main: () => string) {
  const { data } = usePortals();
  return computed(() => [
    { value: '', label: main() },
    ...(data.value?.data ?? [])
      .filter(({ status }) => status === 'active')
      .map(({ id, name }) => ({ value: id, label: name })),
  ]);
}

/** Domains whose addresses may be invited to a portal, the main one where none is named; none allows all. */
export function useAllowedDomains() {
  const { data } = usePortals();
  return (id: string): readonly string[] => {
    const portals = data.value?.data ?? [];
    const portal = portals.find((one) => (id ? one.id === id : one.isDefault));
    return portal?.settings.invitations.allowedDomains ?? [];
  };
}

export const usePortal = one('portal', async (call) => (await adminGetPortal(call)).portal);

export const useChangePortal = () =>
  useChange(
    async ({ id, ...body }: PortalPatch & { id: string; version: number }) =>
      (await adminUpdatePortal({ path: { id }, body })).portal,
    'portal',
    'portals',
    'portal-versions',
  );

/** What the settings of a portal were, newest first. */
export const usePortalVersions = query(
  'portal-versions',
  (call, id: string, filter: { page: number; section?: string }) =>
    adminListPortalVersions({ path: { id }, query: { ...filter, limit: 20 }, ...call }),
  { keep: true },
);

/** One of them, with what putting it back would change today. */
export const usePortalVersion = query(
  'portal-versions',
  async (call, id: string, version: number) =>
    (await adminGetPortalVersion({ path: { id, version }, ...call })).version,
  // Today is another day after each change.
  { staleTime: 0 },
);

export const useRestorePortal = () =>
  useChange(
    ({ id, ...body }: RestorePortalRequest & { id: string }) => adminRestorePortal({ path: { id }, body }),
    'portal',
    'portals',
    'portal-versions',
  );

export const useCreatePortal = () =>
  useChange(async (body: CreatePortalRequest) => (await adminCreatePortal({ body })).portal, 'portals');

/** Whether a slug can be had; nothing is asked of none. */
export const useSlugCheck = query(
  'portal-slug',
  (call, slug: string, portalId: string) =>
    adminCheckPortalSlug({ ...call, body: { slug, portalId: portalId || undefined } }),
  { enabled: (slug, _portalId) => slug !== '', keep: true, staleTime: 0 },
);

/** Whom other roles, joined by spaces, would shut out. */
export const useShutOut = query(
  'portal-shut-out',
  (call, id: string, roleIds: string, _asked: boolean) =>
    adminCheckPortalRoles({ ...call, path: { id }, body: { roleIds: roleIds.split(' ').filter(Boolean) } }),
  { enabled: (_id, _roleIds, asked) => asked, staleTime: 0 },
);

/** What is done with a portal besides its settings. */
export function usePortalDeeds() {
  const changes = ['portal', 'portals'] as const;
  return {
    rename: useChange(
      ({ id, ...body }: { id: string; version: number; slug: string }) => adminRenamePortal({ path: { id }, body }),
      ...changes,
    ),
    setRoles: useChange(
      ({ id, ...body }: { id: string; version: number; roleIds: string[] }) =>
        adminSetPortalRoles({ path: { id }, body }),
      ...changes,
    ),
    makeDefault: useChange((id: string) => adminMakePortalDefault({ path: { id } }), ...changes),
    archive: useChange((id: string) => adminArchivePortal({ path: { id } }), ...changes),
    unarchive: useChange((id: string) => adminUnarchivePortal({ path: { id } }), ...changes),
  };
}

/** The organization as its own people name it. */
export const useOrganization = query(
  'organization',
  async (call, _id: string) => (await adminGetOrganization(call)).organization,
);

/** What it was called, newest first. */
export const useOrganizationVersions = query(
  ['organizations', 'versions'],
  (call, filter: { page: number }) => adminListOrganizationVersions({ query: { ...filter, limit: 5 }, ...call }),
  { keep: true },
);

/** One of its names, with what putting it back would change today. */
export const useOrganizationVersion = query(
  ['organizations', 'versions'],
  async (call, version: number) => (await adminGetOrganizationVersion({ path: { version }, ...call })).version,
  { staleTime: 0 },
);

/** Ways to another name for the organization, which whoever goes one sees at once. */
export function useOrganizationDeeds() {
  const session = useSessionStore();
  const deed = <Input>(send: (body: Input) => Promise<OwnOrganizationResponse>) =>
    useChange(
      async (body: Input) => {
        const { organization } = await send(body);
        const { me } = session;
        if (me) await session.update({ ...me, organization: { ...me.organization, name: organization.name } });
        return organization;
      },
      'organization',
      'organizations',
    );
  return {
    rename: deed((body: NameOrganizationRequest) => adminNameOrganization({ body })),
    restore: deed((body: RestoreOrganizationRequest) => adminRestoreOrganization({ body })),
  };
}

/** The portal's stylesheet with another part of the tenant's own, and what stands against that; nothing is asked of none. */
export function useStylePreview(id: () => string, customCss: Readonly<Ref<string>>) {
  const session = useSessionStore();
  return useLook(id, customCss, () => session.can('portals:write'));
}
const useLook = query(
  'style-preview',
  (call, id: string, customCss: string, _may: boolean) =>
    adminPreviewStyle({ ...call, path: { id }, body: { customCss } }),
  { enabled: (_id, customCss, may) => may && customCss.trim() !== '', keep: true, staleTime: Infinity, gcTime: 60_000 },
);

/** Where a picture comes from: a file of this device, of which a part may be marked, or its address in the web. */
export type PictureSource = { file: Blob; crop?: string } | { address: string };

/** Sends a picture off; what becomes of it is told by `usePicture`. @returns its id */
export async function bringPicture(
  portalId: string,
  purpose: PicturePurpose,
  source: PictureSource,
  signal: AbortSignal,
): Promise<string> {
  const path = { id: portalId };
  const { picture } =
    'file' in source
      ? await adminUploadPicture({ path, query: { purpose, crop: source.crop }, body: { file: source.file }, signal })
      : await adminFetchPicture({ path, body: { purpose, address: source.address }, signal });
  return picture.id;
}

/** A picture on its way; asked for now and then, where nobody says that it has come. */
export const usePicture = query(
  'portal_picture',
  async (call: { signal: AbortSignal }, pictureId: string | undefined, id: string) =>
    (await adminGetPicture({ ...call, path: { id, pictureId: pictureId! } })).picture,
  {
    enabled: (pictureId: string | undefined, _id: string) => pictureId !== undefined,
    refetchInterval: ({ state: { data } }: { state: { data: PortalPictureItem | undefined } }) =>
      data?.status === 'waiting' && 1_500,
  },
);
